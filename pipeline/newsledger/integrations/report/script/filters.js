// What the reader wants to see, and what of it cannot be read.

const chosen = { size: null, bin: null };
const OF_LEDGER = ["payer", "recipient", "measure_class", "status", "countable"];
const FIELDS = [...OF_LEDGER, "currency", "least", "most", "country", "person", "kind", "from", "to", "evidence"];

// "2.5bn", "300k", "1,000,000" -> a number; null for nothing, NaN for what cannot be read. A comma only groups
// thousands: "2,5m" is refused, since it would be read as 25 million.
function amountIn(text) {
  const said = text.trim().toLowerCase();
  if (!said) return null;
  const match = /^(\d{1,3}(?:,\d{3})+|\d*)(\.\d+|\.)?\s*(k|thousand|m|mn|mln|million|bn|b|billion|tn|t|trillion)?$/.exec(said);
  if (!match || !/\d/.test(said)) return NaN;
  const scale = { k: 1e3, t: 1e12, m: 1e6, b: 1e9 };
  const word = match[3] || "";
  const number = Number((match[1].replaceAll(",", "") || "0") + (match[2] || "").replace(/\.$/, ""));
  return number * (word === "thousand" ? 1e3 : word ? scale[word[0]] : 1);
}

function complain(id, said) {
  byId(`${id}-error`).textContent = said;
  if (said) byId(id).setAttribute("aria-invalid", "true");
  else byId(id).removeAttribute("aria-invalid");
  return said;
}

// What is wanted; a field that cannot be read has words beside it and does not filter.
function wanted() {
  const want = Object.fromEntries([...FIELDS, "scope", "words"].map((id) => [id, byId(id).value]));
  want.words = want.words.toLowerCase().split(/\s+/).filter(Boolean);
  for (const id of ["least", "most"]) {
    want[id] = amountIn(want[id]);
    if (complain(id, Number.isNaN(want[id]) ? "Not read as a number: write 5m, 2.5bn or 1,000,000." : "")) want[id] = null;
  }
  for (const id of ["from", "to"]) complain(id, byId(id).validity.badInput ? "Not a whole date yet." : "");
  if (want.least !== null && want.most !== null && want.least > want.most) complain("most", "Less than “At least”: no figure fits.");
  if (want.from && want.to && want.from > want.to) complain("to", "Before “Published from”: no figure fits.");
  return { ...want, ...chosen };
}

const isSet = (want) => (name) => want[name] !== null && want[name] !== "";

function isActive(want) {
  return want.words.length > 0 || [...FIELDS, "size", "bin"].some(isSet(want));
}

function fits(figure, want) {
  const article = articles[figure.a];
  const inSentence = want.scope === "sentence";
  const near = inSentence ? figure.named : article.named;
  const dates = inSentence ? figure.named.dates : article.dates;
  return (
    (want.currency === "" || (figure.currency || "?") === want.currency) &&
    (want.least === null || (figure.rough !== null && figure.rough >= want.least)) &&
    (want.most === null || (figure.rough !== null && figure.rough <= want.most)) &&
    (want.size === null || figure.size === want.size) &&
    (want.kind === "" || figure.kind === want.kind) &&
    OF_LEDGER.every((name) => want[name] === "" || figure[name] === want[name]) &&
    (want.country === "" || near.country.has(Number(want.country))) &&
    (want.person === "" || near.person.has(Number(want.person))) &&
    (want.from === "" || (article.published !== null && article.published >= want.from)) &&
    (want.to === "" || (article.published !== null && article.published <= want.to)) &&
    (want.evidence === "" || evidence(figure, want.evidence)) &&
    (want.bin === null || dates.some((m) => m[2] !== null && want.bin.has(m[2]))) &&
    want.words.every((word) => figure.text.includes(word))
  );
}

function evidence(figure, kind) {
  if (kind === "flagged") return Boolean(figure.quality);
  if (kind === "open") return !figure.currency;
  const assumed = figure.currency_basis === "context" || figure.currency_basis === "default";
  return Boolean(figure.currency) && assumed === (kind === "assumed");
}

// Choosing what is chosen takes it back.
function choose(change) {
  const names = Object.keys(change);
  const keyOf = (value) => (value && value.key) || value;
  const now = (name) => (name in chosen ? keyOf(chosen[name]) : byId(name).value);
  const same = names.every((name) => now(name) === keyOf(change[name]));
  for (const name of names) {
    if (name in chosen) chosen[name] = same ? null : change[name];
    else byId(name).value = same ? "" : change[name];
  }
  draw();
}

function fillSelects() {
  const fill = (id, options) =>
    byId(id).append(make("option", { value: "" }, "all"), ...options.map(([value, said]) => make("option", { value }, said)));
  const counts = (value) => [...tally(figures.map(value).filter(Boolean))].sort((a, b) => (a[0] < b[0] ? -1 : 1));
  fill("currency", counts((figure) => figure.currency || "?").map(([code, n]) => [code, `${code === "?" ? "open" : code} (${grouped(n)})`]));
  for (const name of OF_LEDGER) {
    const said = (value) => (name === "countable" ? { true: "may be added up", false: "may not" }[value] : value);
    fill(name, counts((figure) => figure[name]).map(([value, n]) => [value, `${said(value)} (${grouped(n)})`]));
  }
  const named = (kind) => [...new Set(articles.flatMap((article) => [...article.named[kind]]))];
  const sorted = (pairs) => pairs.sort((a, b) => a[1].localeCompare(b[1], "en"));
  fill("country", sorted(named("country").map((n) => [n, countries[n][1]])));
  fill("person", sorted(named("person").map((n) => [n, people[n][0]])));
}
