// Nothing here is needed to use a page. It keeps what is being typed on this device until it has been sent,
// so that a lost connection loses nothing. A form says data-keep="name"; a page that thanks says data-sent="name".
(function () {
  "use strict";
  var PREFIX = "dondoc:";
  var WEEK = 7 * 24 * 3600 * 1000;

  function store() {
    try { return window.localStorage; } catch (e) { return null; }
  }

  function fields(form) {
    return Array.prototype.filter.call(form.elements, function (e) {
      return e.name && e.name !== "csrftoken" && e.name !== "version" &&
        ["hidden", "file", "submit", "button", "password"].indexOf(e.type) < 0;
    });
  }

  // By name; two counts, or the lines of a list, share one name and are told apart by their order.
  function keyed(form) {
    var seen = {};
    return fields(form).map(function (e) {
      var many = e.type === "checkbox" || e.type === "radio";
      seen[e.name] = (seen[e.name] || 0) + 1;
      return { key: e.name + (many ? "=" + e.value : "#" + seen[e.name]), many: many, field: e };
    });
  }

  function read(form) {
    var found = {};
    keyed(form).forEach(function (it) {
      found[it.key] = it.many ? it.field.checked : it.field.value;
    });
    return found;
  }

  function write(form, kept) {
    var changed = false;
    keyed(form).forEach(function (it) {
      var e = it.field;
      if (!(it.key in kept) || kept[it.key] === (it.many ? e.checked : e.value)) { return; }
      changed = true;
      if (it.many) { e.checked = kept[it.key]; } else { e.value = kept[it.key]; }
      for (var fold = e.closest("details"); fold; fold = fold.parentElement.closest("details")) { fold.open = true; }
    });
    return changed;
  }

  function tell(form, words) {
    var note = document.createElement("p");
    note.className = "notice";
    note.setAttribute("role", "status");
    note.textContent = words;
    form.insertBefore(note, form.firstChild);
  }

  // The first time somebody comes to a page one line says what it is for, until they have read it.
  document.querySelectorAll("[data-hint]").forEach(function (hint) {
    var seen = store();
    var key = PREFIX + "hint:" + hint.getAttribute("data-hint");
    try { hint.hidden = !seen || seen.getItem(key) === "1"; } catch (e) { hint.hidden = true; }
    hint.querySelector("button").addEventListener("click", function () {
      try { seen.setItem(key, "1"); } catch (e) { /* full */ }
      hint.remove();
      document.querySelector("main").focus({ preventScroll: true });
    });
  });

  // What only helps with scripts is hidden without them.
  document.querySelectorAll("[data-js]").forEach(function (e) { e.hidden = false; });

  // A telephone's photograph is larger than anybody needs: it is made smaller here, before it travels.
  var LONGEST = 2000;
  var LARGE = 1500000;

  function shrunk(file) {
    if (!/^image\/(jpeg|png)$/.test(file.type) || file.size < LARGE || !window.createImageBitmap) {
      return Promise.resolve(file);
    }
    return window.createImageBitmap(file, { imageOrientation: "from-image" }).then(function (map) {
      var scale = Math.min(1, LONGEST / Math.max(map.width, map.height));
      var canvas = document.createElement("canvas");
      canvas.width = Math.round(map.width * scale);
      canvas.height = Math.round(map.height * scale);
      canvas.getContext("2d").drawImage(map, 0, 0, canvas.width, canvas.height);
      return new Promise(function (done) {
        canvas.toBlob(function (blob) {
          var name = file.name.replace(/\.(png|jpe?g)$/i, ".jpg");
          done(blob && blob.size < file.size ? new File([blob], name, { type: "image/jpeg" }) : file);
        }, "image/jpeg", 0.85);
      });
    }).catch(function () { return file; });
  }

  function size(bytes) { return (bytes / 1048576).toFixed(1).replace(".", ",") + " MB"; }

  document.querySelectorAll("input[type=file]").forEach(function (input) {
    input.addEventListener("change", function () {
      var chosen = Array.prototype.slice.call(input.files);
      Promise.all(chosen.map(shrunk)).then(function (files) {
        if (files.every(function (file, n) { return file === chosen[n]; })) { return; }
        // Something else may have been chosen meanwhile.
        if (chosen.some(function (file, n) { return input.files[n] !== file; })) { return; }
        var moved = new DataTransfer();
        var sum = function (all) { return all.reduce(function (n, file) { return n + file.size; }, 0); };
        files.forEach(function (file) { moved.items.add(file); });
        input.files = moved.files;
        var note = document.createElement("span");
        note.className = "hint";
        note.setAttribute("role", "status");
        note.textContent = "Ảnh đã được thu nhỏ trên máy này: " + size(sum(chosen)) + " còn " + size(sum(files)) + ".";
        input.insertAdjacentElement("afterend", note);
      });
    });
  });

  var kept = store();
  if (!kept) { return; }

  document.querySelectorAll("[data-sent]").forEach(function (e) {
    kept.removeItem(PREFIX + e.getAttribute("data-sent"));
  });
  // What is typed after a save is kept again: loaded once more, the page must not say "sent" a second time.
  if (document.querySelector("[data-sent]") && window.URL && window.history.replaceState) {
    var here = new URL(window.location.href);
    here.searchParams.delete("xong");
    window.history.replaceState(null, "", here.href);
  }

  // On a phone a long page shows its headings first, and of a long list its first rows: nothing is longer than a
  // few screens until more is asked for. What is wrong, ticked or led to stays in sight.
  var STEP = 10;
  var TOLD = "[aria-invalid=true], .fault, input:checked";

  function opened() {
    var id = decodeURIComponent(window.location.hash.slice(1));
    var to = id && document.getElementById(id);
    if (!to) { return; }
    var fold = to.querySelector(":scope > details[data-fold]");
    if (fold) { fold.open = true; }
    for (fold = to.closest("details"); fold; fold = fold.parentElement.closest("details")) { fold.open = true; }
    to.scrollIntoView();
  }

  function stepped(list) {
    var rows = Array.prototype.slice.call(list.children);
    var shown = STEP;
    rows.forEach(function (row, n) { if (row.querySelector(TOLD)) { shown = Math.max(shown, n + 1); } });
    if (rows.length <= shown) { return; }
    var more = document.createElement("button");
    more.type = "button";
    more.className = "second more no-print";
    function show() {
      var left = rows.length - shown;
      rows.forEach(function (row, n) { row.classList.toggle("later", n >= shown); });
      more.textContent = "Xem thêm (còn " + left + ")";
      if (left <= 0) { more.remove(); }
    }
    more.addEventListener("click", function () {
      var next = rows[shown].querySelector("a, input, summary");
      shown += STEP;
      show();
      if (next) { next.focus({ preventScroll: true }); }
    });
    (list.closest("table") || list).insertAdjacentElement("afterend", more);
    show();
  }

  function clamped(words) {
    words.classList.add("clamped");
    if (words.scrollHeight <= words.clientHeight + 1) { words.classList.remove("clamped"); return; }
    var more = document.createElement("button");
    more.type = "button";
    more.className = "plain no-print";
    more.textContent = "Xem đủ";
    more.addEventListener("click", function () { words.classList.remove("clamped"); more.remove(); });
    words.insertAdjacentElement("afterend", more);
  }

  if (window.matchMedia("(max-width: 40rem)").matches) {
    document.querySelectorAll("details[data-fold]").forEach(function (e) {
      e.open = Boolean(e.querySelector("[aria-invalid=true], .fault"));
    });
    document.querySelectorAll("[data-steps]").forEach(stepped);
    document.querySelectorAll("[data-long]").forEach(clamped);
    opened();
    window.addEventListener("hashchange", opened);
  }

  document.querySelectorAll("form[data-keep]").forEach(function (form) {
    var key = PREFIX + form.getAttribute("data-keep");
    var timer = 0;
    var saved = null;
    try { saved = JSON.parse(kept.getItem(key) || "null"); } catch (e) { saved = null; }
    if (saved && Date.now() - saved.at > WEEK) { kept.removeItem(key); saved = null; }
    if (saved && write(form, saved.fields)) {
      tell(form, "Đã khôi phục nội dung đang nhập dở trên máy này.");
    }
    function keep() {
      window.clearTimeout(timer);
      try { kept.setItem(key, JSON.stringify({ at: Date.now(), fields: read(form) })); } catch (e) { /* full */ }
    }
    form.addEventListener("input", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(keep, 300);
    });
    // What was typed in the last moment before sending must survive a connection that breaks now.
    form.addEventListener("submit", keep);
  });

  document.querySelectorAll("[data-all]").forEach(function (box) {
    box.addEventListener("change", function () {
      document.querySelectorAll("input[name='" + box.getAttribute("data-all") + "']").forEach(function (e) {
        e.checked = box.checked;
      });
    });
  });
})();
