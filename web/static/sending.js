// A form that carries files says how far they have travelled, and stays as it is when the line drops: what was typed
// and chosen is sent again with one tap. Without scripts, and without files, the form goes as any other.
(function () {
  "use strict";

  function chosen(form) {
    return Array.prototype.some.call(form.querySelectorAll("input[type=file]"), function (e) { return e.files.length > 0; });
  }

  function told(beside, role, words) {
    var note = document.createElement("p");
    note.className = role === "alert" ? "problem sending" : "notice sending";
    note.setAttribute("role", role);
    note.textContent = words;
    beside.insertAdjacentElement("beforebegin", note);
    note.scrollIntoView({ block: "nearest" });
    return note;
  }

  // The answer to what was sent takes the page's place; where it leads elsewhere, one goes there.
  function answered(form, request) {
    var here = new URL(form.getAttribute("action"), window.location.href);
    if (request.responseURL && request.responseURL.split("#")[0] !== here.href) {
      window.location.assign(request.responseURL);
      return;
    }
    document.open();
    document.write(request.responseText);
    document.close();
    window.scrollTo(0, 0);
    var first = document.querySelector("[autofocus]");
    if (first) { first.focus(); }
  }

  function send(form, button) {
    var beside = (button && button.closest(".actions")) || form.lastElementChild;
    var data = new FormData(form);
    if (button && button.name) { data.append(button.name, button.value); }
    form.querySelectorAll(".sending").forEach(function (e) { e.remove(); });
    var note = told(beside, "status", "Đang gửi tệp… ");
    var bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", "Đã gửi");
    note.appendChild(bar);
    var buttons = form.querySelectorAll("button");
    function busy(is) { buttons.forEach(function (e) { e.disabled = is; }); }
    busy(true);
    var request = new XMLHttpRequest();
    request.upload.addEventListener("progress", function (event) {
      if (event.lengthComputable) { bar.value = Math.round(100 * event.loaded / event.total); }
    });
    request.addEventListener("load", function () { answered(form, request); });
    function dropped() {
      note.remove();
      busy(false);
      told(beside, "alert", "Mất kết nối, chưa gửi được. Nội dung đã nhập và tệp đã chọn còn nguyên; có mạng trở lại thì bấm gửi lại.");
    }
    ["error", "abort", "timeout"].forEach(function (name) { request.addEventListener(name, dropped); });
    request.open("POST", form.getAttribute("action"));
    request.send(data);
  }

  document.querySelectorAll("form[data-progress]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (!chosen(form)) { return; }
      event.preventDefault();
      send(form, event.submitter);
    });
  });
})();
