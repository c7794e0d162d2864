// Reads jobs (a JSON array of {url, runs: [[category, …], …], skipAudits}) and prints a line of JSON for each run:
// {url, scores: {category: 0…1}, failed: {category: [audit, …]}}, or {url, error} where it could not be measured.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const installed = createRequire(pathToFileURL(`${process.env.NODE_FOLDER}/`));
const imported = async (name) => import(pathToFileURL(installed.resolve(name)));
const { default: lighthouse } = await imported("lighthouse");
const { launch } = await imported("chrome-launcher");

const TRIES = 3; // now and then a page's start is not traced
const chromeFlags = process.env.CHROME_FLAGS.split(" ");
const started = () => launch({ chromePath: process.env.CHROMIUM, chromeFlags });

const measured = async (chrome, url, onlyCategories, skipAudits) => {
  const options = { port: chrome.port, logLevel: "silent", onlyCategories, skipAudits };
  const { lhr } = await lighthouse(url, { ...options, disableFullPageScreenshot: true, ignoreStatusCode: true });
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.code);
  const scores = {}, failed = {};
  for (const [name, category] of Object.entries(lhr.categories)) {
    scores[name] = category.score;
    failed[name] = category.auditRefs
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
      .map(({ id }) => id);
  }
  return { url, scores, failed };
};

let text = "";
for await (const chunk of process.stdin) text += chunk;
for (const { url, runs, skipAudits } of JSON.parse(text)) {
  let chrome = await started();
  for (const categories of runs) {
    let found;
    for (let attempt = 1; attempt <= TRIES && !found?.scores; attempt++) {
      try {
        found = await measured(chrome, url, categories, skipAudits);
      } catch (error) {
        found = { url, error: String(error) };
        await chrome.kill();
        chrome = await started();
      }
    }
    console.log(JSON.stringify(found));
  }
  await chrome.kill();
}
