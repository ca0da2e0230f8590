// The SQL editor, adapted from Datasette 0.65 (Apache-2.0), in a file because our policy forbids inline scripts.
document.addEventListener("DOMContentLoaded", () => {
  const format = document.getElementById("sql-format");
  const input = document.querySelector("textarea#sql-editor");
  const shown = document.querySelector("pre#sql-query");
  if (input) {
    const editor = CodeMirror.fromTextArea(input, {
      lineNumbers: true,
      mode: "text/x-sql",
      lineWrapping: true,
      extraKeys: { "Shift-Enter": () => input.form.submit(), Tab: false },
    });
    editor.getInputField().setAttribute("aria-label", "Query, in the SQL of SQLite");
    if (format) {
      format.hidden = false;
      format.addEventListener("click", () => editor.setValue(sqlFormatter.format(editor.getValue())));
    }
  } else if (shown && format) {
    format.hidden = false;
    format.addEventListener("click", () => {
      shown.textContent = sqlFormatter.format(shown.textContent);
    });
  }
});
