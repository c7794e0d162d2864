from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth import views as accounts
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from newsroom.admin.preview.preview_link_views import shared_preview_detail
from readers.views import live_only

from . import sitemaps
from .views import gallery, home

urlpatterns = [
    path("admin/password-reset/", accounts.PasswordResetView.as_view(), name="admin_password_reset"),
    path("admin/password-reset/sent/", accounts.PasswordResetDoneView.as_view(), name="password_reset_done"),
    path(
        "admin/password/<uidb64>/<token>/", accounts.PasswordResetConfirmView.as_view(), name="password_reset_confirm"
    ),
    path("admin/password/set/", accounts.PasswordResetCompleteView.as_view(), name="password_reset_complete"),
    path("admin/", admin.site.urls),
    path("preview/<str:token>/<str:language>/", shared_preview_detail, name="shared-preview"),
    path("api/v1/", include("hkpolicy.api.urls")),
    path("favicon.ico", home.site_icon, name="icon"),
    path("robots.txt", sitemaps.robots_txt, name="robots"),
    path("sitemap.xml", live_only(sitemaps.sitemap_index), name="sitemap"),
    path(
        "sitemap-<section>.xml",
        live_only(sitemap),
        {"sitemaps": sitemaps.build_sitemap_sections()},
        name="sitemap-section",
    ),
    *i18n_patterns(
        path("", home.home_page, name="home"),
        path("search/", home.search_page, name="search"),
        path("data/", home.data_page, name="data"),
        path("gallery/", gallery.component_gallery, name="gallery"),
        path("", include("initiatives.urls")),
        path("", include("experts.urls")),
        path("", include("readers.urls")),
    ),
]

handler400 = "hkpolicy.views.errors.bad_request"
handler403 = "hkpolicy.admin.newsroom_permission_denied"
handler404 = "hkpolicy.views.errors.page_not_found"
handler500 = "hkpolicy.session_recovery.newsroom_server_error"
