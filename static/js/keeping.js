// Keeps what is typed until the server acknowledged it: one way for every long form.
//
// Each key goes into the browser's own database at once, per user and form. The half-year report
// (`data-saves-itself`) is sent as well, at most three seconds after the first unsaved key and when the
// page is left; taps in the hall (`data-keep-taps`) go one by one; every other form is sent by its
// button. A record goes once the server took it, and at sign-out. The server's half: cluster_portal/keeping.py.
(() => {
  const PAUSE = 2500, PATIENCE = 20_000, GIVEN_UP = 30_000, RETRIES = [3000, 5000, 10_000, 20_000, 30_000], KEEPALIVE = 60_000;
  const UNSENDABLE = 200_000;  // characters: the server refuses the whole of what it comes with
  const words = document.getElementById("keeping-words");
  const user = words.dataset.user;
  const word = (name) => words.content.querySelector(`[data-word="${name}"]`).cloneNode(true);
  const newId = () => crypto.getRandomValues(new Uint32Array(3)).reduce((text, each) => text + each.toString(36), "");
  const page = newId();
  const sentence = (name) => word(name).textContent.trim();

  // --- the browser's database ---------------------------------------------------------

  let database = null;
  const opened = new Promise((resolve) => {
    try {
      const request = indexedDB.open("keeping", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("typed", { keyPath: "key" });
      request.onsuccess = () => resolve(database = request.result);
      request.onerror = () => resolve(null);  // private windows of some browsers have none
    } catch { resolve(null); }
  });
  // A writing is handed over in the very moment of the key: a page killed in the next one has lost nothing.
  const carryOut = (mode, act) => new Promise((resolve, reject) => {
    const transaction = database.transaction("typed", mode);
    const request = act(transaction.objectStore("typed"));
    if (mode === "readwrite") transaction.commit?.();  // of itself it would wait for an answer first
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
  const inStore = async (mode, act) => {
    if (!database && !await opened) return undefined;
    return carryOut(mode, act);
  };
  const put = (record) => inStore("readwrite", (store) => store.put(record));
  const remove = (key) => inStore("readwrite", (store) => store.delete(key));
  const own = async () => ((await inStore("readonly", (store) => store.getAll())) ?? []).filter((each) => each.user === user);
  const ofForm = async (form) => (await own()).filter((each) => each.form === keyOf(form)).sort((one, other) => one.at - other.at);

  // --- asking the server --------------------------------------------------------------

  // The kind of an answer that isn't the one hoped for; "" where it is.
  const kindOf = (response) => {
    if (response.status === 401) return response.headers.get("X-Refusal") ?? "signed-out";
    if (response.headers.get("X-Refusal")) return response.headers.get("X-Refusal");
    if ([429, 502, 503, 504].includes(response.status)) return "server-away";  // 429: too much from this office just now
    if (response.status >= 500) return "server-fault";
    if (response.status >= 400) return "refused";
    return response.ok && !response.redirected ? "" : "unexpected";
  };
  const silence = () => (navigator.onLine ? "server-away" : "no-line");
  const reach = async (url, options = {}) => {
    const patience = new AbortController();  // older telephones have no AbortSignal.timeout
    setTimeout(() => patience.abort(), PATIENCE);
    try {
      return await fetch(url, { credentials: "same-origin", cache: "no-store", signal: patience.signal, ...options });
    } catch { return silence(); }
  };
  // The kind of an answer, "" where it is the one hoped for, and its text; a line may end in the midst of it.
  const read = async (response) => {
    if (typeof response === "string") return [response, ""];
    const text = await response.text().catch(() => null);
    return text === null ? [silence(), ""] : [kindOf(response), text];
  };
  // Who is signed in, with a token in every form that fits; or the kind of trouble.
  const presence = async () => {
    const response = await reach(words.dataset.presence);
    if (typeof response === "string") return response;
    if (kindOf(response)) return kindOf(response);
    const found = await response.json().catch((trouble) => (trouble instanceof SyntaxError ? null : silence()));
    if (!found) return "unexpected";
    if (typeof found === "string") return found;
    if (found.user !== user) return found.user ? "somebody-else" : "signed-out";
    for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = found.token;
    document.body.setAttribute("hx-headers", JSON.stringify({ "x-csrftoken": found.token }));
    return "";
  };
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  const post = (url, body, options) =>
    reach(url, { method: "POST", body, headers: { "HX-Request": "true", "X-CSRFToken": token() }, ...options });
  // Sends once more with a new token where the old one went with the last sign-in.
  const send = async (url, body, options) => {
    let response = await post(url, body, options);
    if (typeof response === "string" || kindOf(response) !== "csrf") return response;
    const trouble = await presence();
    if (trouble) return trouble;
    response = await post(url, body, options);
    return response;
  };
  // As its button would send it, which older telephones can't be asked for.
  const sendForm = (form, submitter) => {
    const button = submitter?.form === form ? submitter : undefined;
    if (form.requestSubmit) { form.requestSubmit(button); return; }
    if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
    if (button?.hasAttribute("formaction")) form.setAttribute("action", button.getAttribute("formaction"));
    HTMLFormElement.prototype.submit.call(form);
  };
  const signInAgain = (element) => {
    for (const link of element.querySelectorAll("[data-sign-in-again]")) {
      link.href = `${words.dataset.signIn}?next=${encodeURIComponent(location.pathname + location.search)}`;
    }
    return element;
  };

  // --- the fields of a form -----------------------------------------------------------

  const REFUSED = "#error-summary, [aria-invalid=true], [data-unsaved]";
  const UNKEPT = "[type=hidden], [type=file], [type=password], [type=submit], [type=button], [data-unkept], [name=declared]";
  const controls = (form) => [...form.elements].filter((each) => each.name && each.matches("input, select, textarea") && !each.matches(UNKEPT));
  const isTicked = (control) => control.type === "checkbox" || control.type === "radio";
  const groups = (form) => Map.groupBy ? Map.groupBy(controls(form), (each) => each.name) : controls(form).reduce(
    (found, each) => found.set(each.name, [...(found.get(each.name) ?? []), each]), new Map());
  const lineEnds = (text) => text.replaceAll("\r\n", "\n");
  const valueOf = (group, original = false) => {
    const [first] = group;
    if (isTicked(first)) return group.filter((each) => (original ? each.defaultChecked : each.checked)).map((each) => each.value).join("\n");
    if (first.matches("select")) {
      const options = [...first.options];
      const chosen = options.filter((each) => (original ? each.defaultSelected : each.selected));
      const shown = chosen.length || first.multiple ? chosen : options.slice(0, 1);
      return shown.map((each) => each.value).join("\n");
    }
    return lineEnds(original ? first.defaultValue : first.value);
  };
  const write = (group, text) => {
    const [first] = group;
    if (isTicked(first)) group.forEach((each) => { each.checked = text.split("\n").includes(each.value); });
    else if (first.matches("select")) [...first.options].forEach((each) => { each.selected = text.split("\n").includes(each.value); });
    else first.value = text;
    first.closest("details")?.setAttribute("open", "");
  };
  const valuesOf = (form, original = false) =>
    Object.fromEntries([...groups(form)].map(([name, group]) => [name, valueOf(group, original)]));
  const beside = (form, name) => {
    const field = groups(form).get(name)?.slice(-1)[0];
    return field?.closest(".figure-cell, .figure-remark, .mb-3") ?? field?.parentElement ?? form;
  };
  const here = () => location.pathname + location.search;
  // Where a form is sent; one without an address is sent to its page, which its query may be about something else.
  const keyOf = (form) => {
    const address = form.dataset.keep ?? form.getAttribute("action");
    return address ? new URL(address, location.href).pathname : here();
  };
  // Puts the new state of a part into the page; what has not changed stays, so that nobody hears it again.
  const renew = (old, part) => {
    if (old.isEqualNode(part)) return;
    for (const { name, value } of part.attributes) old.setAttribute(name, value);
    old.replaceChildren(...part.childNodes);
  };

  // --- a text that is too long ---------------------------------------------------------

  // A browser cuts what is pasted above a `maxlength`; counted instead, and refused by the server.
  const countAlong = (form) => {
    for (const field of controls(form)) {
      const longest = Number(field.dataset.longest ?? field.getAttribute("maxlength") ?? 0);
      field.removeAttribute("maxlength");
      if (!longest || !field.matches("textarea, [type=text]")) continue;
      const count = word("count");
      count.className = "form-text text-count mb-0";
      count.querySelector("[data-longest]").textContent = longest.toLocaleString("vi");
      field.after(count);
      const tell = () => {
        const length = [...lineEnds(field.value)].length;
        count.hidden = length < longest * 0.9;
        if (count.hidden) return;
        count.classList.toggle("text-danger-emphasis", length > longest);
        count.querySelector("[data-length]").textContent = length.toLocaleString("vi");
      };
      field.addEventListener("input", tell);
      form.addEventListener("kept:restored", tell);
      tell();
    }
  };

  // --- one kept form ------------------------------------------------------------------

  class Kept {
    constructor(form) {
      this.form = form;
      this.key = `${user} ${keyOf(form)} ${page}`;  // every tab has a record of its own
      this.savesItself = form.matches("[data-saves-itself]");
      this.base = valuesOf(form, true);
      const was = form.querySelector("[name=was]");
      if (was) for (const name in this.base) this.base[name] = JSON.parse(was.value || "{}")[name] ?? "";
      this.pending = {};    // name → text that the server hasn't acknowledged
      this.sent = {};       // name → texts on their way, or sent without an answer
      this.held = new Map();  // name → text that waits for an answer of the person
      this.failures = 0;
      this.putBack = new Map();  // name → record whose text was put into the field when the page was opened
      this.twice = new Set();  // keys of records that say otherwise than a later one
      this.going = null;    // name → text as the pressed button sends it, until the next page is here
    }

    // Where troubles are told; the report's state, which every saving renews, has one of its own.
    get place() { return this.form.querySelector("[data-keeping]") ?? this.makePlace(); }

    makePlace() {
      const place = document.createElement("div");
      place.className = "keeping";
      place.dataset.keeping = "";
      place.setAttribute("role", "alert");
      this.form.append(place);
      return place;
    }

    async begin() {
      countAlong(this.form);
      // What a browser puts back by itself on the way back is old; what wasn't saved stands in the database.
      const way = performance.getEntriesByType("navigation")[0]?.type;
      if (["back_forward", "reload"].includes(way) && await opened) this.form.reset();
      // Before what was saved is asked: a page that is being left stores them the other way round.
      const records = await ofForm(this.form);
      if (this.savesItself) await this.catchUp();
      for (const record of records) this.restore(record);
      this.askAbout(JSON.parse(this.form.dataset.asked ?? "{}"));
      this.form.addEventListener("input", () => this.typed());
      this.form.addEventListener("change", () => this.typed());
      this.form.dataset.kept = "";  // whoever waits for the script can see that it runs
      if (!(await opened)) this.tell("no-store");
      await this.typed();
      for (const { key } of records) if (key !== this.key && !this.twice.has(key)) await remove(key);  // taken over
    }

    // A page older than what was saved here, as one opened without a line, shows the newest saved values.
    async catchUp() {
      const seen = await (await window.caches?.match(this.seenAt))?.json();
      const revision = this.form.querySelector("[name=revision]");
      if (!seen || document.querySelector(REFUSED) || seen.revision <= Number(revision.value)) return;
      for (const [name, text] of Object.entries(seen.base)) {
        const group = groups(this.form).get(name);
        if (group && valueOf(group) === this.base[name]) write(group, text);
        this.base[name] = text;
      }
      revision.value = seen.revision;
      this.form.querySelector("[name=was]").value = JSON.stringify(this.base);
    }

    get seenAt() { return `${this.form.dataset.page}?seen-by=${user}`; }

    async remember({ revision, stored, conflicts, questions }) {
      if (revision < Number(this.form.querySelector("[name=revision]").value)) return;  // overtaken by a later answer
      const settled = Object.entries(stored).filter(([name]) => !conflicts.includes(name) && !(name in questions));
      const seen = new Response(JSON.stringify({ revision, base: { ...this.base, ...Object.fromEntries(settled) } }));
      await (await window.caches?.open(`pages-${user}`))?.put(this.seenAt, seen);
    }

    // What was typed before comes back. Where the page holds something newer, both are shown.
    restore(record) {
      let put_back = false;
      for (const [name, text] of Object.entries(record.typed)) {
        const group = groups(this.form).get(name);
        if (!group) { this.orphans = { ...this.orphans, [name]: text }; continue; }
        const refused = document.querySelector(REFUSED);
        const shown = refused || !this.savesItself ? valueOf(group, true) : this.base[name], was = record.base[name] ?? "";
        if (shown === text) {  // it was saved after all, or the page was refused and shows what was typed
          if (refused && !this.savesItself) this.base[name] = was;
          continue;
        }
        put_back = true;
        this.askTwice(name, record);
        write(group, text);
        const sent = this.sent[name] = record.sent?.[name] ?? [];  // what another window sent, this text does not know
        if (shown !== was && !sent.includes(shown)) {
          this.conflict(name, shown);
          if (this.savesItself) this.base[name] = was;
        }
      }
      this.form.dispatchEvent(new CustomEvent("kept:restored", { bubbles: true }));
      if (put_back) this.tellRestored();
    }

    // Two windows of this device typed into one field, and both were closed before it was sent.
    askTwice(name, record) {
      const earlier = this.putBack.get(name), text = earlier?.typed[name];
      this.putBack.set(name, record);
      if (!earlier || record.typed[name].includes(text) || [record.base[name], ...(record.sent[name] ?? [])].includes(text)) return;
      this.twice.add(earlier.key);
      const box = this.choose("twice", name, text, () => {
        if (this.form.querySelector(`[data-twice="${earlier.key}"]`)) return;
        this.twice.delete(earlier.key);
        remove(earlier.key).catch(() => {});
      });
      box.dataset.twice = earlier.key;
    }

    // Fields the server found changed on both sides, with what stood there before: nothing is overwritten undecided.
    askAbout(asked) {
      for (const [name, was] of Object.entries(asked)) {
        const group = groups(this.form).get(name), theirs = this.base[name];
        if (!group || this.held.has(name) || valueOf(group) === theirs) continue;
        this.conflict(name, theirs);
        this.base[name] = was;
      }
    }

    tellRestored() {
      if (this.form.querySelector(".restored")) return;
      const told = word("restored");
      told.className = "alert alert-warning restored";
      told.querySelector("[data-discard]").addEventListener("click", async () => {
        if (!confirm(sentence("discard"))) return;
        for (const [name, text] of Object.entries(this.base)) write(groups(this.form).get(name), text);
        this.orphans = undefined;
        this.held.clear();
        await this.typed();
        for (const key of this.twice) await remove(key);
        location.reload();
      });
      this.form.prepend(told);
    }

    get unsent() { return Object.entries(this.pending).filter(([name, text]) => this.held.get(name) !== text && text.length < UNSENDABLE); }
    get isTooLong() { return Object.values(this.pending).some((text) => text.length >= UNSENDABLE); }

    // The local copy, at once; the server soon.
    async typed() {
      const values = valuesOf(this.form);
      this.pending = Object.fromEntries(Object.entries(values).filter(([name, text]) => text !== this.base[name]));
      if (Object.keys(this.pending).length) this.hideSaved();
      if (this.savesItself && this.unsent.length) this.sendSoon();
      if (this.isTooLong) this.tell("too-long");
      else if (this.form.querySelector("[data-keeping][data-kind=too-long]")) this.tell("");
      await this.store();
    }

    // What is typed while the form is on its way is no part of what the server then acknowledges: a record of its own.
    get since() { return `${this.key} since`; }
    get typedSince() { return Object.fromEntries(Object.entries(valuesOf(this.form)).filter(([name, text]) => text !== this.going[name])); }

    async store() {
      if (this.isOver) return;
      const key = this.going ? this.since : this.key;
      try {
        const typed = this.going ? this.typedSince : { ...this.orphans, ...this.pending };
        if (!Object.keys(typed).length) { await remove(key); return; }
        await put({
          ...this.record, key, typed, sent: this.sent, kept: this.going ? "" : this.id ?? "",
          base: Object.fromEntries(Object.keys(typed).map((name) => [name, this.base[name] ?? ""])),
        });
      } catch { this.tell("no-store"); }
    }

    get record() {
      const title = document.querySelector("h1")?.textContent.trim() ?? document.title;
      return { key: this.key, user, form: keyOf(this.form), title, url: this.form.dataset.page ?? here(), at: Date.now() };
    }

    // The last texts sent of these fields: to find one of them stored is no news of somebody else.
    note(names) {
      for (const [name, text] of names) this.sent[name] = [...new Set([...(this.sent[name] ?? []), text])].slice(-20);
    }

    sendSoon(after = PAUSE) {
      if (this.timer || this.going || this.isOver) return;  // not begun anew with each key: whoever types on is saved as well
      this.timer = setTimeout(() => { this.timer = null; this.save(); }, after);
    }

    body(extra) {
      const body = new FormData(), names = this.unsent;
      const revision = this.form.querySelector("[name=revision]").value;
      const was = Object.fromEntries(names.map(([name]) => [name, this.base[name] ?? ""]));
      const known = Object.fromEntries(names.map(([name]) => [name, this.sent[name] ?? []]));
      for (const [name, text] of names) body.append(name, text);
      const rest = { partial: "1", revision, was: JSON.stringify(was), sent: JSON.stringify(known), kept_by: user, ...extra };
      for (const [name, text] of Object.entries(rest)) body.append(name, text);
      for (const name of this.held.keys()) body.append("waits", name);  // nobody has answered yet: no step is done
      return body;
    }

    async save({ leaving = false, extra = {} } = {}) {
      if (this.saving && !leaving) { this.again = true; return; }
      if (extra.mask || extra.confirm) this.held.delete(extra.mask ?? extra.confirm);
      const names = this.unsent, body = this.body(extra);
      if (!names.length && !this.syncing || this.isOver) return;
      this.note(names);
      this.saving = !leaving;
      const size = names.reduce((sum, [, text]) => sum + 4 * text.length + 300, 2000);
      this.store();
      const response = await send(this.form.action, body, leaving ? { keepalive: size < KEEPALIVE } : {});
      this.saving = false;
      await this.hear(response, Object.fromEntries(names));
      if (this.again) { this.again = false; this.sendSoon(0); }
    }

    // What became of a sending: acknowledged, asked about, or one kind of trouble.
    async hear(response, names) {
      let [kind, text] = await read(response);
      const page = new DOMParser().parseFromString(text, "text/html");
      const kept = kind ? null : page.getElementById("kept");
      if (!kind && !kept) kind = "unexpected";
      if (kind) { this.fail(kind, text, response.status); return; }
      this.failures = 0;
      this.syncing = false;
      const answer = JSON.parse(kept.textContent);
      await this.remember(answer).catch(() => {});  // before the record goes: the next page may be drawn already
      this.acknowledge(answer, names);
      for (const part of [...page.querySelectorAll("[hx-swap-oob], #report-saved")]) {
        part.removeAttribute("hx-swap-oob");
        const old = document.getElementById(part.id);
        if (old && part.localName !== "input" && !old.contains(document.activeElement)) renew(old, part);
      }
      this.scripted();
      await this.typed();
      this.tell(this.isTooLong ? "too-long" : this.unsent.length || !Object.keys(this.pending).length ? "" : "asked");
    }

    acknowledge({ revision, stored, conflicts, questions }, names) {
      if (revision < Number(this.form.querySelector("[name=revision]").value)) return;  // overtaken by a later answer
      for (const [name, text] of Object.entries(stored)) {
        const group = groups(this.form).get(name);
        if (!group || conflicts.includes(name) || name in questions) continue;
        const mine = valueOf(group), answered = name in names ? names[name] : this.base[name] ?? "";
        if (!(name in names) && mine !== answered && text !== answered) continue;  // typed since: the next sending tells
        if (mine === answered && text !== mine) write(group, text);  // taken over from elsewhere, or masked
        this.base[name] = text;
        delete this.sent[name];
        this.held.delete(name);
        this.form.querySelector(`[data-question="${name}"]`)?.remove();
        this.form.querySelector(`[data-conflict="${name}"]`)?.remove();
      }
      this.form.querySelector("[name=revision]").value = revision;
      this.form.querySelector("[name=was]").value = JSON.stringify(this.base);
      this.form.dispatchEvent(new CustomEvent("kept:restored", { bubbles: true }));
      for (const name of conflicts) { this.held.set(name, names[name]); this.conflict(name, stored[name] ?? ""); }
      for (const [name, html] of Object.entries(questions)) { this.held.set(name, names[name] ?? this.pending[name]); this.question(name, html); }
    }

    question(name, html) {
      this.form.querySelector(`[data-question="${name}"]`)?.remove();
      beside(this.form, name).insertAdjacentHTML("beforeend", html);
    }

    // A field that both sides changed: the person decides, nothing is overwritten meanwhile.
    conflict(name, theirs) {
      this.form.querySelector(`[data-conflict="${name}"]`)?.remove();
      if (this.savesItself) this.held.set(name, valueOf(groups(this.form).get(name)));
      const box = this.choose("conflict", name, theirs, () => {
        this.base[name] = theirs;
        this.held.delete(name);
      });
      box.dataset.conflict = name;
    }

    // Another text of a field, shown beside it until the person chooses one of the two.
    choose(kind, name, theirs, settled) {
      const group = groups(this.form).get(name), box = word(kind);
      box.querySelector("[data-theirs]").textContent = theirs || "–";
      const settle = (take) => {
        if (take) write(group, theirs);
        box.remove();
        settled();
        this.form.dispatchEvent(new CustomEvent("kept:restored", { bubbles: true }));
        group[0].dispatchEvent(new Event("input", { bubbles: true }));
      };
      box.querySelector("[data-take-theirs]").addEventListener("click", () => settle(true));
      box.querySelector("[data-keep-mine]").addEventListener("click", () => settle(false));
      beside(this.form, name).append(box);
      return box;
    }

    fail(kind, text, status) {
      this.hideSaved();
      this.store();
      this.tell(kind, kind === "closed" ? text : String(status ?? ""));
      if (kind === "closed" || kind === "refused") return;
      this.sendSoon(RETRIES[Math.min(this.failures, RETRIES.length - 1)]);
      this.failures += 1;
    }

    retryNow() {
      if (!this.savesItself || this.going || !this.unsent.length) return;
      clearTimeout(this.timer);
      this.timer = null;
      this.save();
    }

    // Values saved elsewhere while the page lay in the browser's memory: the newest are shown.
    async refresh() {
      if (!this.savesItself || this.form.querySelector("[name=revision]").value === "0") return;
      this.syncing = true;
      await this.save();
    }

    tell(kind, reason = "") {
      this.form.toggleAttribute("data-anothers", kind === "somebody-else");  // whose words they are not
      if (!kind) { this.place.replaceChildren(); delete this.place.dataset.kind; return; }
      if (this.place.dataset.kind === kind && this.place.hasChildNodes() && !reason) return;
      this.place.dataset.kind = kind;
      const told = signInAgain(word(words.content.querySelector(`[data-word="${kind}"]`) ? kind : "unexpected"));
      told.classList.add("text-danger-emphasis", "mb-0");
      told.querySelector("[data-reason]")?.append(reason);
      this.place.replaceChildren(told);
    }

    // "Saved" is said of all that is typed, or not at all.
    hideSaved() {
      const told = word("waiting");
      told.className = "mb-1";
      this.form.querySelector("[data-saved]")?.replaceWith(told);
    }

    // Without this script the form doesn't save by itself, and says so.
    scripted() {
      this.form.querySelectorAll("[data-without-script]").forEach((each) => { each.hidden = true; });
      this.form.querySelectorAll("[data-with-script]").forEach((each) => { each.hidden = false; });
    }

    // The button was pressed: asked first whether the server is there and who is signed in.
    async submit(submitter) {
      if (this.asking) return;
      if (this.savesItself && ["mask", "confirm"].includes(submitter?.name)) {
        await this.save({ extra: { [submitter.name]: submitter.value } });
        return;
      }
      await this.typed();
      if (this.isTooLong) return;
      this.asking = true;
      this.id = newId();
      await this.typed();
      clearTimeout(this.timer);
      this.timer = null;
      const trouble = await presence();
      this.asking = false;
      if (trouble) { this.tell(trouble); if (this.savesItself) this.sendSoon(RETRIES[0]); return; }
      for (const [name, value] of [["kept", this.id], ["kept_by", user]]) this.hidden(name).value = value;
      this.goesAway();
      sendForm(this.form, submitter);
    }

    // In this very moment, or once more, the form is sent as it stands.
    goesAway() {
      this.going = null;
      this.note(Object.entries(this.pending));
      if (this.savesItself) this.hidden("sent").value = JSON.stringify(this.sent);
      this.store();
      remove(this.since).catch(() => {});
      this.going = valuesOf(this.form);
      clearTimeout(this.waiting);
      if (this.savesItself) this.waiting = setTimeout(() => this.goOn(), GIVEN_UP);
    }

    // The page is still here: the sending was stopped, or what came was no page.
    async goOn() {
      if (!this.going) return;
      this.going = null;
      this.id = "";
      await this.typed();
      await remove(this.since).catch(() => {});
    }

    // Nothing more is kept or sent from this page.
    end() {
      clearTimeout(this.timer);
      clearTimeout(this.waiting);
      this.isOver = true;
    }

    hidden(name) {
      const found = this.form.querySelector(`[type=hidden][name=${name}]`) ?? document.createElement("input");
      Object.assign(found, { type: "hidden", name });
      this.form.append(found);
      return found;
    }
  }

  // --- a tap in the hall --------------------------------------------------------------

  class Taps extends Kept {
    async begin() {
      this.tapped = (await ofForm(this.form)).find((each) => each.tapped)?.tapped;
      await super.begin();
      if (this.tapped) this.sendTap();
    }

    async store() {
      if (!this.tapped && !Object.keys(this.pending).length) { await remove(this.key).catch(() => {}); return; }
      await put({ ...this.record, base: this.base, typed: this.pending, tapped: this.tapped }).catch(() => this.tell("no-store"));
    }

    async submit(submitter) {
      this.tapped = { ...valuesOf(this.form), ...(submitter?.name ? { [submitter.name]: submitter.value } : {}) };
      this.form.querySelectorAll("button[aria-pressed]").forEach((each) => each.classList.toggle("is-waiting", each.value === this.tapped.presence));
      await this.store();
      await this.sendTap();
    }

    async sendTap() {
      if (this.saving) { this.again = true; return; }
      this.saving = true;
      const tapped = this.tapped, body = new FormData();
      for (const [name, text] of Object.entries({ ...tapped, kept_by: user })) body.append(name, text);
      const response = await send(this.form.action, body);
      this.saving = false;
      let [kind, text] = await read(response);
      const page = new DOMParser().parseFromString(text, "text/html");
      if (!kind && !page.getElementById(this.form.id)) kind = "unexpected";
      if (this.again) { this.again = false; await this.sendTap(); return; }
      if (kind) {
        this.tell(kind, String(response.status ?? ""));
        if (kind !== "refused") setTimeout(() => this.sendTap(), RETRIES[Math.min(this.failures++, RETRIES.length - 1)]);
        return;
      }
      this.tapped = undefined;
      await remove(this.key).catch(() => {});
      for (const part of page.querySelectorAll("[hx-swap-oob]")) document.getElementById(part.id)?.replaceWith(document.adoptNode(part));
      const row = document.adoptNode(page.getElementById(this.form.id));
      this.form.replaceWith(row);
      keep(row);
    }

    retryNow() { if (this.tapped) this.sendTap(); }
  }

  // --- the page -----------------------------------------------------------------------

  const kept = new Map();
  const keep = (form) => {
    const one = form.matches("[data-keep-taps]") ? new Taps(form) : new Kept(form);
    kept.set(form, one);
    one.scripted();
    return one.begin();
  };
  const isLong = (form) =>
    form.method === "post" && (form.matches("[data-saves-itself], [data-keep-taps]") || form.querySelector("textarea") !== null);

  // Forms the server took since the last page: their ids come in a cookie.
  const acknowledged = async () => {
    const ids = document.cookie.match(/(?:^|; )kept=([0-9a-z.]+)/)?.[1].split(".") ?? [];
    if (!ids.length) return;
    for (const record of await own()) if (ids.includes(record.kept)) await remove(record.key);
    document.cookie = "kept=; Max-Age=0; path=/; SameSite=Lax";
  };

  const tellOfUnsent = async () => {
    const here = new Set([...kept.keys()].map(keyOf));
    const others = (await own()).filter((each) => !here.has(each.form));
    document.querySelector(".unsent-elsewhere")?.remove();
    const late = document.querySelector("[data-late-texts]");
    const forHere = late && others.find((each) => each.form === late.dataset.lateTexts);
    if (forHere) {
      for (const [name, value] of Object.entries({ ...forHere.typed, kept: forHere.kept || "-" })) {
        late.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      }
      late.hidden = false;
    }
    if (!others.length || forHere) return;
    const told = word("elsewhere");
    told.className = "alert alert-warning unsent-elsewhere";
    const links = new Map(others.map((each) => [each.url, each.title]));
    for (const [url, title] of links) {
      const link = document.createElement("a");
      Object.assign(link, { href: url, textContent: title, className: "alert-link" });
      told.append(" ", link);
    }
    document.getElementById("main").prepend(told);
  };

  const signOut = async (form, submitter) => {
    const unsent = (await own()).length;
    if (unsent && !confirm(sentence("sign-out"))) return;
    const trouble = await presence();
    if (trouble && trouble !== "signed-out") { alert(sentence(trouble)); return; }
    kept.forEach((one) => one.end());
    for (const record of await own()) await remove(record.key);
    kept.clear();
    tellOthers("");
    for (const name of await window.caches?.keys() ?? []) if (name.startsWith("pages-")) await caches.delete(name);
    form.dataset.leaving = "";
    sendForm(form, submitter);
  };

  // Pages of one browser tell each other who is signed in, so that what one person typed is left standing before no other.
  const tellOthers = (who) => {
    try {
      localStorage.setItem("signed-in", `${who} ${Date.now()}`);
    } catch { /* a browser that keeps nothing has nothing to tell */ }
  };
  addEventListener("storage", ({ key, newValue }) => {
    if (!user || key !== "signed-in" || newValue === null) return;
    const [who] = newValue.split(" ");
    if (who === user) { kept.forEach((one) => { if (one.failures) one.retryNow(); }); return; }
    if (who) { kept.forEach((one) => one.tell("somebody-else")); return; }
    kept.forEach((one) => one.end());
    kept.clear();
    document.getElementById("main").replaceChildren(signInAgain(word("left")));
  });

  document.addEventListener("submit", (event) => {
    const form = event.target, one = kept.get(form);
    const signingOut = form.method === "post" && new URL(form.action).pathname === words.dataset.signOut;
    if (!one && !(signingOut && user)) return;
    if (one?.going) one.goesAway();
    if (one?.going || "leaving" in form.dataset) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (one) one.submit(event.submitter); else signOut(form, event.submitter);
  }, true);

  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-go-asked]")) return;
    const place = document.querySelector(".conflict-in-field, .numbers-in-field, [data-question]");
    place?.dispatchEvent(new CustomEvent("kept:show", { bubbles: true }));  // it may stand in a step that isn't open
    place?.scrollIntoView({ block: "center" });
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-see-both]");
    if (!button) return;
    event.preventDefault();
    button.form.requestSubmit();
  });

  const leave = () => kept.forEach((one) => { if (one.savesItself && one.unsent.length && !one.going) one.save({ leaving: true }); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave(); else kept.forEach((one) => one.retryNow());
  });
  addEventListener("pagehide", leave);
  addEventListener("online", () => kept.forEach((one) => one.retryNow()));
  addEventListener("focus", () => kept.forEach((one) => { if (one.failures) one.retryNow(); }));
  addEventListener("pageshow", async (event) => {
    if (!event.persisted) return;
    kept.forEach((one) => one.goOn());
    if (await presence() === "somebody-else") { location.reload(); return; }
    kept.forEach((one) => one.refresh());
  });
  addEventListener("beforeunload", (event) => {
    for (const one of kept.values()) if (!one.going && (one.failures || one.held.size)) event.preventDefault();
  });

  // --- opening without a line -----------------------------------------------------------

  const worker = () => navigator.serviceWorker?.controller;
  const keepPage = () => {
    if (!document.querySelector("[data-saves-itself]")) return;
    const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((each) => each.href || each.src);
    const page = new URL(document.querySelector("[data-saves-itself]").dataset.page, location.href).href;
    navigator.serviceWorker?.ready.then((ready) => ready.active.postMessage({ page, parts, user }));
  };

  const begin = async () => {
    if (!user) { worker()?.postMessage({ user }); return; }
    tellOthers(user);
    await acknowledged().catch(() => {});
    await Promise.all([...document.forms].filter(isLong).map(keep));
    await tellOfUnsent().catch(() => {});
    worker()?.postMessage({ user });
    if (document.querySelector("[data-saves-itself]")) {
      navigator.serviceWorker?.register(words.dataset.worker).then(keepPage).catch(() => {});
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
