// Lists are whole pages without this. With it htmx takes from the next page what was found, the counts and what was chosen.
htmx.config.includeIndicatorStyles = false; // no styles of its own
htmx.config.allowEval = false;
htmx.config.historyCacheSize = 0; // no copies of pages are kept in the browser: back asks for the page again
htmx.config.refreshOnHistoryMiss = true;

document.body.addEventListener("htmx:configRequest", ({ detail }) => {
  for (const [name, value] of [...detail.formData.entries()])
    if (!value.trim() || (name === "sort" && value === document.getElementById("f-sort").options[0].value)) detail.formData.delete(name);
});

// What the reader folded or unfolded stays so.
document.body.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  for (const next of detail.fragment.querySelectorAll("details[id]")) {
    const before = document.getElementById(next.id);
    if (before) next.open = before.open;
  }
});

// Whatever else on the page names its address: languages, another day, the page as JSON.
document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const next = new DOMParser().parseFromString(detail.serverResponse, "text/html");
  for (const part of [".languages", ".as-of", ".moment", ".page-links"]) {
    const [was, is] = [document.querySelector(part), next.querySelector(part)];
    if (was && is) was.replaceWith(is);
  }
});
