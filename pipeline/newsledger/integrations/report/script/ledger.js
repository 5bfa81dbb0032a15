// What the figures are, and whose money goes to whom; not shown while no figure has a class.

const hasLedger = figures.some((figure) => figure.measure_class);
for (const node of document.querySelectorAll(".of-ledger")) node.hidden = !hasLedger;

const STATUSES = [...new Set(figures.map((figure) => figure.status || ""))].sort().map((status) => [status || "none", status || "no status"]);

sections.push(({ shown, want }) => hasLedger && drawCross({
  id: "classes",
  shown: shown.filter((figure) => figure.measure_class),
  values: (figure) => [figure.measure_class, STATUSES.findIndex(([status]) => status === (figure.status || "none"))],
  columns: STATUSES,
  nameOfRow: (name) => name,
  choices: (name, status) => ({ measure_class: name, status: status === null || STATUSES[status][0] === "none" ? "" : STATUSES[status][0] }),
  isOn: (name, status) => want.measure_class === name && want.status === (status === null ? "" : STATUSES[status][0]),
}));

// Amounts are added as millionths, so that no digit is lost.
const millionths = (amount) => {
  const [whole, rest = ""] = amount.split(".");
  return BigInt(whole + rest.padEnd(6, "0"));
};

function plain(sum) {
  const digits = String(sum).padStart(7, "0");
  const rest = digits.slice(-6).replace(/0+$/, "");
  return digits.slice(0, -6).replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? "." + rest : "");
}

// The sum of what may be added up, in words: a range where a figure is one, and how many lack a side or both.
function sumOf(rows, currency) {
  const counted = rows.filter((figure) => figure.countable === "true");
  const whole = counted.filter((figure) => figure.value_low !== undefined && figure.value_high !== undefined);
  const [low, high] = ["value_low", "value_high"].map((side) => whole.reduce((sum, figure) => sum + millionths(figure[side]), 0n));
  const open = counted.length - whole.length;
  return [
    whole.length ? `${low === high ? plain(low) : `${plain(low)} to ${plain(high)}`} ${currency || "of open currency"}` : "",
    open ? `${grouped(open)} with a bound only or no number` : "",
  ].filter(Boolean).join(", and ") || "none may be added up";
}

sections.push(function drawFlows({ shown, want }) {
  if (!hasLedger) return;
  const groups = new Map();
  for (const figure of shown) {
    if (!figure.payer && !figure.recipient) continue;
    const key = JSON.stringify([figure.payer, figure.recipient, figure.measure_class, figure.status, figure.currency].map((name) => name || ""));
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(figure);
  }
  const rows = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  const line = ([key, of]) => {
    const [payer, recipient, name, status, currency] = JSON.parse(key);
    const both = { payer, recipient };
    const isOn = want.payer === payer && want.recipient === recipient;
    return make("tr", {},
      make("td", {}, chartButton(`flows ${key}`, isOn, `${payer || "?"} to ${recipient || "?"}`, () => choose(both), `${payer || "?"} → ${recipient || "?"}`)),
      make("td", {}, [name, status].filter(Boolean).join(", ")),
      make("td", { class: "number" }, grouped(of.length)),
      make("td", { class: "number" }, sumOf(of, currency)));
  };
  const body = make("tbody", {}), under = make("p", {});
  const head = ["who to whom", "class, status", "figures", "sum"].map((name, i) => make("th", { scope: "col", class: i > 1 ? "number" : null }, name));
  byId("flows").replaceChildren(
    make("table", { "aria-labelledby": "flows-title" }, make("thead", {}, make("tr", {}, ...head)), body), under);
  leadOn({ key: "flows", box: body, under, rows, node: line, first: TOP, step: 50 });
});
