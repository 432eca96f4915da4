// The SPARQL page: a search over its questions, and yasgui in place of the plain form.

const find = (id) => document.getElementById(id);

function filterQuestions(search) {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const subject of document.querySelectorAll(".subject")) {
    let here = 0;
    for (const card of subject.querySelectorAll("li")) {
      const text = card.textContent.toLowerCase();
      card.hidden = !words.every((word) => text.includes(word));
      here += card.hidden ? 0 : 1;
    }
    subject.hidden = here === 0;
    shown += here;
  }
  const count = find("count");
  count.textContent = (shown === 1 ? count.dataset.one : count.dataset.many).replace("{n}", shown);
}

function load(tag, attributes) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  });
}

const escaped = (text) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

// The page of an IRI, as the server says which have one: below which start, at which address.
function pageOf(iri, root, pages) {
  const start = Object.keys(pages).find((start) => iri.startsWith(start) && iri !== start);
  return start && root + pages[start] + iri.slice(start.length);
}

function writeIri(iri, { root, prefixes, pages }) {
  const known = Object.entries(prefixes).find(([, start]) => iri.startsWith(start));
  const text = escaped(known ? `${known[0]}:${iri.slice(known[1].length)}` : iri);
  const page = pageOf(iri, root, pages);
  return page
    ? `<a class="iri" href="${escaped(page)}">${text}</a>`
    : `<span class="nonIri" title="${escaped(iri)}">${text}</span>`;
}

function writeTerm(term, told, simple) {
  if (term.type === "uri") return writeIri(term.value, told);
  const language = term["xml:lang"];
  let sort = "";
  if (language) sort = `<sup>@${escaped(language)}</sup>`;
  else if (term.datatype) sort = `<sup>^^${writeIri(term.datatype, told)}</sup>`;
  return `<span class="nonIri">${escaped(term.value)}</span>${simple ? "" : sort}`;
}

// The columns of yasgui's table, with every text escaped and links to this service's pages.
function makeColumns(table, told) {
  const simple = table.persistentConfig.compact === true;
  const number = {
    name: "",
    searchable: false,
    orderable: false,
    type: "num",
    visible: !simple,
    width: `${table.getSizeFirstColumn()}px`,
    render: (data, type) =>
      type === "display" ? `<div class="rowNumber">${Number(data)}</div>` : data,
  };
  const columns = table.yasr.results.getVariables().map((name) => ({
    name,
    title: escaped(name),
    render: (data, type) => {
      if (data === "") return data;
      const shown = type === "display" && writeTerm(data, told, simple);
      return shown ? `<div>${shown}</div>` : escaped(data.value);
    },
  }));
  return [number, ...columns];
}

// What the form's box says is asked from the editor, too.
const extras = () => (document.querySelector("[name=prefixes]").checked ? { prefixes: "known" } : {});

function addressOf(query) {
  const address = new URL(location.href);
  address.search = new URLSearchParams({ query, ...extras() });
  address.hash = "";
  return address.href;
}

function makeEditor(place, told, query) {
  const { Yasqe, Yasr } = window.Yasgui;
  const { root } = place.dataset;
  // Only what the service knows: yasgui's own completions would ask prefix.cc and others.
  const declared = Object.entries(told.prefixes).map(([name, iri]) => `${name}: <${iri}>`);
  Object.assign(Yasqe.Autocompleters.prefixes, { get: declared, persistenceId: null });
  Yasr.plugins.table.prototype.getColumns = function getColumns() {
    return this.yasr.results ? makeColumns(this, { root, ...told }) : [];
  };
  const asked = document.createElement("div");
  const answered = document.createElement("div");
  place.append(asked, answered);
  const editor = new Yasqe(asked, {
    value: query,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: (yasqe) => addressOf(yasqe.getValue()),
    autocompleters: ["prefixes", "variables"],
    requestConfig: {
      endpoint: `${location.origin}${root}/sparql`,
      method: "POST",
      args: () => Object.entries(extras()).map(([name, value]) => ({ name, value })),
    },
  });
  // Tab leaves the editor: whoever has no mouse must get out of it.
  const keys = { ...editor.getOption("extraKeys"), Tab: false, "Shift-Tab": false };
  editor.setOption("extraKeys", keys);
  editor.getInputField().setAttribute("aria-label", place.dataset.query);
  const result = new Yasr(answered, { persistenceId: null, prefixes: told.prefixes });
  editor.on("query", () => {
    find("result").hidden = true;
    history.replaceState(null, "", addressOf(editor.getValue()));
  });
  editor.on("queryResponse", (_, response, duration) => result.setResponse(response, duration));
  return editor;
}

function offerEditor(button) {
  const told = JSON.parse(find("editor-data").textContent);
  const place = find("editor");
  const form = find("plain");
  const text = find("query");
  const { root } = place.dataset;
  const words = { open: button.textContent, close: button.dataset.close };
  let editor = null;

  async function open() {
    if (!editor) {
      await Promise.all([
        load("link", { rel: "stylesheet", href: `${root}/static/yasgui/yasgui.min.css` }),
        load("script", { src: `${root}/static/yasgui/yasgui.min.js` }),
      ]);
    }
    form.hidden = true;
    place.hidden = false;
    if (editor) editor.setValue(text.value);
    else editor = makeEditor(place, told, text.value);
    editor.refresh();
    editor.focus();
  }

  function close() {
    text.value = editor.getValue();
    place.hidden = true;
    form.hidden = false;
    text.focus();
  }

  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      if (place.hidden) await open();
      else close();
      button.textContent = place.hidden ? words.open : words.close;
      find("keys").hidden = place.hidden;
    } catch {
      find("editor-status").textContent = button.dataset.failed;
    }
    button.disabled = false;
  });
}

const search = find("search");
if (search) {
  find("searching").hidden = false;
  search.addEventListener("input", () => filterQuestions(search));
  filterQuestions(search);
}
const button = find("open-editor");
if (button) offerEditor(button);
