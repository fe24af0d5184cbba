// The page of the sandbox. Whatever comes from a document or a request becomes text,
// never markup.
"use strict";

const byId = (id) => document.getElementById(id);
const api = {operations: [], byPointer: new Map()};
let shownCount = -1;
let shownFaults = "";

function make(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

function button(text, act) {
  const node = make("button", "", text);
  node.type = "button";
  node.addEventListener("click", act);
  return node;
}

async function ask(name, data) {
  const options = data === undefined ? {} : {
    method: "POST",
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify(data),
  };
  const response = await fetch(`/-/${name}`, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

function say(text) { byId("said").textContent = text; }

function prefer(answer) { return `code=${answer.status}, example=${answer.name}`; }

function line(operation, answer, fault) {
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  let more = "";
  if (answer) more += ` -H ${quoted(`Prefer: ${prefer(answer)}`)}`;
  if (fault) more += ` -H ${quoted(`X-Sandbox-Fault: ${fault}`)}`;
  return operation.line.replace("{base}", () => location.origin)
    .replace("{more}", () => more);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say("copied");
  } catch {
    const result = byId("result");
    result.hidden = false;
    result.textContent = text;
    getSelection().selectAllChildren(result);
    say("select and copy the line below");
  }
}

function tone(status) { return status >= 200 && status < 400 ? "good" : "bad"; }

function showOperations(filter) {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const list = byId("list");
  list.replaceChildren();
  let group = null;
  for (const operation of api.operations) {
    const names = operation.answers.map((answer) => answer.name).join(" ");
    const text = `${operation.name} ${operation.path} ${operation.group} ${names}`;
    if (!words.every((word) => text.toLowerCase().includes(word))) continue;
    if (operation.group !== group) {
      group = operation.group;
      list.append(make("h3", "", group));
    }
    list.append(operationNode(operation));
  }
  if (!list.childElementCount) list.append(make("p", "none", "Nothing fits the filter."));
}

function operationNode(operation) {
  const summary = make("summary", "", make("span", "", operation.name),
    make("span", "push", `${operation.answers.length} answers`));
  const details = make("details", "", summary);
  details.addEventListener("toggle", () => {
    if (!details.open || details.childElementCount > 1) return;
    const items = operation.answers.map((answer) => {
      const name = make("span", "name", answer.name);
      name.title = answer.summary;
      return make("li", "",
        make("span", `status ${tone(answer.status)}`, String(answer.status)), name,
        button("copy", () => copy(line(operation, answer))),
        button("use", () => choose(operation, answer)));
    });
    details.append(make("p", "none", `${operation.method} ${operation.path} · `
      + `${operation.kind}${operation.summary ? ` · ${operation.summary}` : ""}`),
      make("ul", "", ...items));
  });
  return details;
}

function option(value, text) {
  const node = make("option", "", text);
  node.value = value;
  return node;
}

function choose(operation, answer) {
  byId("operation").value = operation.pointer;
  byId("target").value = operation.target;
  byId("body").value = JSON.stringify(operation.body, null, 2);
  byId("answer").replaceChildren(option("", "by default"),
    ...operation.answers.map((one, index) => option(String(index), prefer(one))));
  byId("answer").value = answer ? String(operation.answers.indexOf(answer)) : "";
  byId("send").scrollIntoView({block: "nearest"});
}

function chosen() {
  const operation = api.byPointer.get(byId("operation").value);
  return {operation, answer: operation.answers[Number(byId("answer").value || "NaN")]};
}

async function send(event) {
  event.preventDefault();
  const {operation, answer} = chosen();
  const result = byId("result");
  result.hidden = false;
  try {
    const body = JSON.parse(byId("body").value || "{}");
    const target = byId("target").value;
    const signed = await ask("sign", {operation: operation.pointer, body, target});
    const headers = {...signed.headers};
    if (answer) headers.Prefer = prefer(answer);
    if (byId("fault").value) headers["X-Sandbox-Fault"] = byId("fault").value;
    const options = {method: signed.method, headers, redirect: "manual", cache: "no-store"};
    if (signed.body !== null && signed.method !== "GET") options.body = signed.body;
    say("sent");
    const response = await fetch(signed.target, options);
    const text = await response.text();
    say(`answered ${response.status || "with a redirect"}`);
    result.textContent = pretty(text) || "(no body)";
  } catch (error) {
    say("no answer");
    result.textContent = String(error);
  }
  refresh();
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function time(seconds) { return new Date(seconds * 1000).toLocaleTimeString(); }

function side(title, value) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return make("div", "", make("h3", "", title), make("pre", "", text || "nothing"));
}

function visitNode(visit) {
  const good = !visit.reason;
  const verdict = good ? "accepted" : visit.reason;
  const summary = make("summary", "",
    make("span", `status ${tone(visit.status)}`, String(visit.status)),
    make("span", "", visit.operation || `${visit.method} ${visit.target}`),
    make("span", good ? "good" : "bad", verdict + (visit.fault ? `, ${visit.fault}` : "")),
    make("span", "push", time(visit.time)));
  const details = make("details", "", summary);
  details.dataset.number = visit.number;
  if (visit.message) details.append(make("p", "", visit.message));
  if (visit.expected || visit.received) {
    details.append(make("div", "sides",
      side("expected", visit.expected), side("received", visit.received)));
  }
  details.append(make("div", "sides", side("headers", visit.headers),
    side(`${visit.method} ${visit.target}`, visit.body)));
  return details;
}

function writeNode(write) {
  const summary = make("summary", "", make("span", "status good", `#${write.number}`),
    make("span", "", write.operation),
    make("span", "bad", write.fault ? `answered with ${write.fault}` : ""),
    make("span", "push", time(write.time)));
  const details = make("details", "", summary,
    make("pre", "", JSON.stringify(write.fields, null, 2)));
  details.dataset.number = write.number;
  return details;
}

function fill(node, items, draw) {
  const open = new Set([...node.querySelectorAll("details[open]")]
    .map((one) => one.dataset.number));
  const made = items.map((item) => {
    const one = draw(item);
    one.open = open.has(one.dataset.number);
    return one;
  });
  node.replaceChildren(...(made.length ? made : [make("p", "none", "None yet.")]));
}

function show(state) {
  const faults = state.faults.map((one) => `${one.fault} for ${one.operation || "everything"}`
    + (one.left ? `, ${one.left} more` : ", until switched off")).join("; ");
  if (faults !== shownFaults) {
    shownFaults = faults;
    byId("on").textContent = faults ? `On: ${faults}.` : "No fault is on.";
    byId("on").className = faults ? "bad" : "";
  }
  const stamp = `${state.count}/${state.visits.length}`;
  if (stamp === shownCount) return;
  shownCount = stamp;
  byId("count").textContent = `${state.count} requests, ${state.accepted} accepted`;
  byId("writes").textContent = state.writes ? `(${state.writes})` : "";
  fill(byId("visits"), state.visits, visitNode);
  fill(byId("ledger"), state.ledger, writeNode);
}

async function refresh() {
  try {
    show(await ask("state"));
  } catch {
    byId("count").textContent = "the sandbox doesn't answer";
    shownCount = -1;
  }
}

async function start() {
  const data = await ask("operations");
  document.title = `${data.title}: sandbox`;
  byId("title").textContent = `${data.title}: sandbox`;
  byId("about").textContent = `${data.operations.length} operations of version `
    + `${data.version}, on this machine. Nothing here moves money.`;
  byId("key").textContent = data.key;
  const groups = [...new Set(data.operations.map((one) => one.group))];
  api.operations = data.operations
    .sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
  for (const operation of data.operations) {
    api.byPointer.set(operation.pointer, operation);
    byId("operation").append(option(operation.pointer, operation.name));
    byId("scope").append(option(operation.name, operation.name));
  }
  byId("scope").prepend(option("", "everything"));
  byId("scope").value = "";
  byId("fault").append(option("", "none"), ...data.faults.map((one) => option(one, one)));
  byId("switched").append(...data.faults.map((one) => option(one, one)));
  byId("switched").value = "limited-1";
  showOperations("");
  if (api.operations.length) choose(api.operations[0]);
  byId("filter").addEventListener("input", (event) => showOperations(event.target.value));
  byId("operation").addEventListener("change", () => choose(chosen().operation));
  byId("send").addEventListener("submit", send);
  byId("copy").addEventListener("click", () => {
    const {operation, answer} = chosen();
    copy(line(operation, answer, byId("fault").value));
  });
  byId("switch").addEventListener("submit", async (event) => {
    event.preventDefault();
    show(await ask("faults", {fault: byId("switched").value,
      operation: byId("scope").value, times: Number(byId("times").value)}));
  });
  byId("off").addEventListener("click", async () => show(await ask("faults", {})));
  byId("clear").addEventListener("click", async () => show(await ask("clear", {})));
  await refresh();
  setInterval(() => { if (!document.hidden) refresh(); }, 1500);
  document.body.dataset.ready = "yes";
}

start();
