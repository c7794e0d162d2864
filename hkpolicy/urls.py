from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth import views as accounts
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from publishing.admin.shared import shared_preview
from publishing.views import now_only

from .pages import front, gallery, robots

urlpatterns = [
    path("admin/password-reset/", accounts.PasswordResetView.as_view(), name="admin_password_reset"),
    path("admin/password-reset/sent/", accounts.PasswordResetDoneView.as_view(), name="password_reset_done"),
    path(
        "admin/password/<uidb64>/<token>/", accounts.PasswordResetConfirmView.as_view(), name="password_reset_confirm"
    ),
    path("admin/password/set/", accounts.PasswordResetCompleteView.as_view(), name="password_reset_complete"),
    path("admin/", admin.site.urls),
    path("preview/<str:token>/<str:language>/", shared_preview, name="shared-preview"),
    path("api/v1/", include("hkpolicy.api.urls")),
    path("favicon.ico", front.icon, name="icon"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", now_only(robots.sitemap_index), name="sitemap"),
    path(
        "sitemap-<section>.xml",
        now_only(sitemap),
        {"sitemaps": robots.sections()},
        name="sitemap-section",
    ),
    *i18n_patterns(
        path("", front.home, name="home"),
        path("search/", front.search, name="search"),
        path("data/", front.data, name="data"),
        path("gallery/", gallery.gallery, name="gallery"),
        path("", include("initiatives.urls")),
        path("", include("experts.urls")),
        path("", include("publishing.urls")),
    ),
]

handler400 = "hkpolicy.pages.errors.bad_request"
handler403 = "hkpolicy.admin.forbidden"
handler404 = "hkpolicy.pages.errors.not_found"
handler500 = "hkpolicy.kept.server_error"
