// The newsroom's forms: language fieldsets become tabs, and combined boxes get the name of their label.
"use strict";

{
  const holdsWords = (fieldset) =>
    [...fieldset.querySelectorAll("input[type=text], textarea")].some((field) => field.value.trim());

  const makeTabs = (fieldsets) => {
    const list = document.createElement("div");
    list.className = "tabs";
    list.setAttribute("role", "tablist");
    fieldsets[0].before(list);
    const tabs = fieldsets.map((fieldset, index) => {
      const heading = fieldset.querySelector("h2");
      const tab = document.createElement("button");
      const panel = document.createElement("div");
      panel.id = `language-${index}`;
      panel.className = "tabbed";
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", `tab-${index}`);
      fieldset.before(panel);
      panel.append(fieldset);
      tab.type = "button";
      tab.id = `tab-${index}`;
      tab.textContent = heading.textContent.trim();
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      const mark = document.createElement("span");
      mark.className = "mark";
      mark.textContent = fieldset.querySelector(".errorlist") ? " !" : holdsWords(fieldset) ? " ●" : " ○";
      mark.setAttribute("aria-hidden", "true");
      tab.append(mark);
      list.append(tab);
      return tab;
    });
    const open = (index, focus = false) => {
      tabs.forEach((tab, at) => {
        tab.setAttribute("aria-selected", String(at === index));
        tab.tabIndex = at === index ? 0 : -1;
        fieldsets[at].parentElement.hidden = at !== index;
      });
      if (focus) tabs[index].focus();
    };
    tabs.forEach((tab, index) => {
      tab.addEventListener("click", () => open(index));
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step) open((index + step + tabs.length) % tabs.length, true);
      });
    });
    const openAddressed = () => {
      const target = location.hash && document.getElementById(location.hash.slice(1));
      const at = target ? fieldsets.findIndex((fieldset) => fieldset.contains(target)) : -1;
      if (at >= 0) {
        open(at);
        target.focus();
      }
    };
    const wrong = fieldsets.findIndex((fieldset) => fieldset.querySelector(".errorlist"));
    const own = fieldsets.findIndex((each) => each.classList.contains(`language-${document.documentElement.lang}`) && holdsWords(each));
    const written = own >= 0 ? own : fieldsets.findIndex(holdsWords);
    open(wrong >= 0 ? wrong : Math.max(written, 0));
    openAddressed();
    addEventListener("hashchange", openAddressed);
  };

  // Select2 builds boxes of its own beside the select, which its label does not reach.
  const nameBoxes = () => {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const box = select.parentElement.querySelector(".select2-selection");
      const name = select.getAttribute("aria-label") || select.labels?.[0]?.textContent.replace(/:\s*$/, "");
      if (!box || !name) continue;
      box.setAttribute("aria-label", name.trim());
      box.removeAttribute("aria-labelledby");
      for (const part of box.querySelectorAll("input, [role=textbox]")) part.setAttribute("aria-label", name.trim());
    }
  };

  // Where there is little room, the list of everything stays closed until it is asked for.
  const aside = document.getElementById("toggle-nav-sidebar"), kept = "django.admin.navSidebarIsOpen";
  if (aside && innerWidth < 1280 && localStorage.getItem(kept) === null) {
    aside.click();
    localStorage.removeItem(kept); // on a wide screen it is open again
  }

  // An open filter lies over the list: a click beside it or Escape puts it away.
  const closeFilters = (but) => {
    for (const filter of document.querySelectorAll("#changelist-filter details[open]")) if (!filter.contains(but)) filter.open = false;
  };
  document.addEventListener("click", ({ target }) => closeFilters(target));
  document.addEventListener("keydown", ({ key }) => key === "Escape" && closeFilters(null));

  // Each chosen value has its own ×; the one that clears all would stand between list items.
  for (const select of document.querySelectorAll("select.admin-autocomplete[multiple]")) select.dataset.allowClear = "false";

  const fieldsets = [...document.querySelectorAll("#content-main fieldset.language")];
  if (fieldsets.length > 1) makeTabs(fieldsets);
  document.addEventListener("DOMContentLoaded", () => setTimeout(nameBoxes));
  addEventListener("load", () => setTimeout(nameBoxes));
  document.addEventListener("formset:added", () => setTimeout(nameBoxes));
  // An address to be handed on is selected whole.
  document.addEventListener("focusin", ({ target }) => target.matches("input.address") && target.select());
}
