/* The editor: CodeMirror with SPARQL's colours and completion; it lives in a shadow root, where its styles need no inline style. */
import {autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap} from "@codemirror/autocomplete";
import {defaultKeymap, history, historyKeymap} from "@codemirror/commands";
import {bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting} from "@codemirror/language";
import {sparql} from "@codemirror/legacy-modes/mode/sparql";
import {highlightSelectionMatches, searchKeymap} from "@codemirror/search";
import {EditorState, Prec} from "@codemirror/state";
import {drawSelection, EditorView, keymap, lineNumbers} from "@codemirror/view";
import {tags} from "@lezer/highlight";

const colours = HighlightStyle.define([
  {tag: tags.keyword, color: "var(--p0)", fontWeight: "600"},
  {tag: tags.comment, color: "var(--muted)", fontStyle: "italic"},
  {tag: tags.string, color: "var(--p2)"},
  {tag: [tags.special(tags.variableName), tags.variableName, tags.local(tags.variableName)], color: "var(--p3)"},
  {tag: [tags.atom, tags.number, tags.standard(tags.variableName)], color: "var(--p6)"},
]);

const look = EditorView.theme({
  "&": {color: "var(--ink)", backgroundColor: "var(--paper)", fontSize: "13px", border: "1px solid var(--muted)", borderRadius: "8px"},
  "&.cm-focused": {outline: "3px solid var(--accent)", outlineOffset: "1px"},
  ".cm-scroller": {fontFamily: "ui-monospace, Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace", lineHeight: "1.5", minHeight: "180px", maxHeight: "max(180px, 38vh)", overflow: "auto"},
  ".cm-gutters": {backgroundColor: "var(--side)", color: "var(--muted)", border: "0", borderRight: "1px solid var(--line)"},
  ".cm-content": {caretColor: "var(--ink)"},
  ".cm-cursor": {borderLeftColor: "var(--ink)"},
  ".cm-selectionBackground, &.cm-focused .cm-selectionBackground": {backgroundColor: "color-mix(in srgb, var(--accent) 28%, transparent) !important"},
  ".cm-tooltip": {backgroundColor: "var(--card)", color: "var(--ink)", border: "1px solid var(--muted)"},
  ".cm-tooltip-autocomplete ul li[aria-selected]": {backgroundColor: "var(--accent)", color: "var(--accent-ink)"},
  ".cm-panels": {backgroundColor: "var(--side)", color: "var(--ink)"},
});

/* terms: [{label, detail, type}]; a prefixed name or a keyword is completed, after a colon what has that prefix */
function completing(terms) {
  return (context) => {
    const word = context.matchBefore(/[A-Za-z][\w-]*(?::[\w.-]*)?|\?\w*/);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    if (word.text.startsWith("?")) {
      const known = new Set(context.state.doc.toString().match(/\?\w+/g) || []);
      known.delete(word.text);
      return {from: word.from, options: [...known].sort().map((label) => ({label, type: "variable"}))};
    }
    return {from: word.from, options: terms, validFor: /^[\w:.-]*$/};
  };
}

/* Chromium gives what is typed over coloured text an inline style, which the page forbids: such text is replaced here */
const replacing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    if (event.inputType !== "insertText" || event.isComposing || !event.data || view.state.selection.main.empty || "()[]{}'\"".includes(event.data)) return false;
    view.dispatch(view.state.replaceSelection(event.data), {userEvent: "input.type", scrollIntoView: true});
    return true;
  },
});

/* Make an editor in `place` (an element that becomes the host of a shadow root). */
export function make(place, {doc, label, terms, run, changed}) {
  const root = place.attachShadow({mode: "open"});
  const inside = root.appendChild(document.createElement("div"));
  const view = new EditorView({
    parent: inside,
    root,
    state: EditorState.create({
      doc,
      extensions: [
        lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), highlightSelectionMatches(), EditorView.lineWrapping,
        StreamLanguage.define(sparql), syntaxHighlighting(colours), look,
        replacing, autocompletion({override: [completing(terms)]}),
        Prec.highest(keymap.of([{key: "Mod-Enter", run: () => { run(); return true; }}])),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap]),
        EditorView.contentAttributes.of({"aria-label": label, spellcheck: "false", tabindex: "0"}),
        EditorView.updateListener.of((update) => { if (update.docChanged) changed(); }),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    put: (text) => view.dispatch({changes: {from: 0, to: view.state.doc.length, insert: text}}),
    goTo: (line, column) => {
      const found = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
      view.dispatch({selection: {anchor: Math.min(found.to, found.from + Math.max(0, column - 1))}, scrollIntoView: true});
      view.focus();
    },
    label: (text) => view.contentDOM.setAttribute("aria-label", text),
  };
}
