// Leaving a form with unsaved changes asks first: only when something differs from what was loaded.
"use strict";

{
  const forms = [...document.querySelectorAll("#content-main form[method=post]:not(#changelist-form, #login-form)")];
  const written = (form) =>
    JSON.stringify([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken"));
  const loaded = new Map();
  let sending = null;

  // After the page's own scripts: they fill in and take out fields that nobody touched.
  const remember = () => {
    for (const form of forms) loaded.set(form, form.querySelector("[data-unsaved]") ? "" : written(form));
  };
  if (document.readyState === "complete") setTimeout(remember);
  else addEventListener("load", () => setTimeout(remember));

  addEventListener("pageshow", () => (sending = null));
  addEventListener("submit", (event) => (sending = event.defaultPrevented ? null : event.target));
  addEventListener("beforeunload", (event) => {
    const changed = [...loaded].some(([form, before]) => form !== sending && written(form) !== before);
    if (changed) event.preventDefault();
  });
}
