// Keys of the desk; a page is whole without them. On a list: j k move, Enter opens, x ticks, a accepts, m asks for
// more. On a report: a accepts, m writes what is asked for, j k lead to the next and the one before; u takes back.
(function () {
  "use strict";
  var rows = Array.prototype.slice.call(document.querySelectorAll("[data-rows] tbody tr"));
  var at = rows.length ? 0 : -1;

  function show() {
    rows.forEach(function (row, n) { row.classList.toggle("here", n === at); });
    var link = at < 0 ? null : rows[at].querySelector("td a[href]");
    if (link) { link.focus({ preventScroll: true }); rows[at].scrollIntoView({ block: "nearest" }); }
  }

  function move(by) {
    if (!rows.length) { return press(by > 0 ? "j" : "k"); }
    at = Math.max(0, Math.min(rows.length - 1, at + by));
    show();
    return true;
  }

  function press(key) {
    var found = document.querySelector('[data-key="' + key + '"]');
    if (found) { found.click(); }
    return Boolean(found);
  }

  function box() { return at < 0 ? null : rows[at].querySelector("input[type=checkbox]"); }

  // What is ticked goes to the page that looks once more; nothing ticked means the row one stands on.
  function many(key) {
    var button = document.querySelector('[data-many="' + key + '"]');
    if (!button) { return false; }
    if (!document.querySelector("[data-rows] input:checked") && box()) { box().checked = true; }
    button.click();
    return true;
  }

  function write() {
    var field = document.querySelector('form[action$="/bo-sung"] textarea');
    if (!field) { return false; }
    field.focus();
    return true;
  }

  function find() {
    var field = document.querySelector("main input[type=search], #tim");
    if (field) { field.focus(); }
    return Boolean(field);
  }

  var keys = {
    j: function () { return move(1); },
    k: function () { return move(-1); },
    x: function () { var it = box(); if (it) { it.checked = !it.checked; } return move(1); },
    a: function () { return rows.length ? many("a") : press("a"); },
    m: function () { return rows.length ? many("m") : write(); },
    u: function () { return press("u"); },
    "/": find
  };

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) { return; }
    if (keys[event.key] && keys[event.key]()) { event.preventDefault(); }
  });
  if (rows.length && !document.querySelector("[autofocus]")) { show(); }
})();
