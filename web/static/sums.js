// Sums beside the fields of figures while somebody types; without scripts they stand as they were saved.
// A figure's fields and outputs share a .figure: data-share is a percentage, data-sum what the number is added to.
(function () {
  "use strict";

  // 1.234 is one thousand two hundred and thirty-four, 1,5 one and a half: as the server reads them.
  function number(text) {
    var plain = text.trim().replace(/(\d)[ \u00a0](?=\d{3}(?!\d))/g, "$1.");
    if (!/^(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$/.test(plain)) { return NaN; }
    return Number(plain.replace(/\./g, "").replace(",", "."));
  }

  function written(value) { return value.toLocaleString("vi-VN", { maximumFractionDigits: 6 }); }

  function share(counts) {
    if (!(counts[1] > 0) || !(counts[0] >= 0)) { return ""; }
    return counts[0] > counts[1] ? "lớn hơn tổng số" : written(Math.round(1000 * counts[0] / counts[1]) / 10) + "%";
  }

  function sum(counts, base) {
    var added = counts.map(function (count, place) { return count + (base ? Number(base.split("/")[place]) : 0); });
    if (added.some(isNaN) || counts[0] > counts[1]) { return "–"; }
    var percent = added.length > 1 ? share(added) : "";
    return added.map(written).join("/") + (percent ? " (" + percent + ")" : "");
  }

  function show(figure) {
    var fields = Array.prototype.slice.call(figure.querySelectorAll("input[inputmode]"));
    if (!fields.length) { return; }
    var blank = fields.every(function (field) { return !field.value.trim(); });
    var counts = fields.map(function (field) { return number(field.value); });
    figure.querySelectorAll("[data-share]").forEach(function (e) { e.textContent = share(counts); });
    figure.querySelectorAll("[data-sum]").forEach(function (e) {
      e.textContent = blank ? e.getAttribute("data-alone") : sum(counts, e.getAttribute("data-sum"));
    });
  }

  document.querySelectorAll(".figure").forEach(show);
  document.addEventListener("input", function (event) {
    var figure = event.target.closest(".figure");
    if (figure) { show(figure); }
  });
})();
