package dev.sinter.cli.explain;

import dev.sinter.cli.explain.Page.Block;
import dev.sinter.cli.explain.Page.Section;
import dev.sinter.cli.explain.Page.Volume;
import dev.sinter.cli.terminal.Printable;
import dev.sinter.cli.terminal.TextTable.Column;
import dev.sinter.cli.terminal.TextTable.Side;
import java.util.List;

/// A page for a browser, in one file that loads nothing.
public final class HtmlPage {
    private static final String STYLE = """
        :root { color-scheme: light dark; --line: #8884; --soft: #8882; --accent: #2563eb; }
        body { font: 16px/1.55 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { margin-bottom: 0.3rem; }
        h2 { margin: 2.6rem 0 0.4rem; border-top: 1px solid var(--line); padding-top: 1.4rem; font-size: 1.25rem; }
        p { max-width: 44rem; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.9rem; margin: 0.8rem 0; }
        th { text-align: left; font-size: 0.75rem; letter-spacing: 0.03em; border-bottom: 2px solid var(--line); }
        th, td { padding: 0.25rem 1.1rem 0.25rem 0; white-space: nowrap; }
        th.number, td.number { text-align: right; }
        tbody tr:hover { background: var(--soft); }
        td { border-bottom: 1px solid var(--soft); }
        pre { background: var(--soft); padding: 0.7rem 1rem; border-radius: 6px; display: inline-block; margin: 0.3rem 1rem 0.3rem 0; }
        .source { font-size: 0.85rem; opacity: 0.75; }
        nav { font-size: 0.9rem; }
        nav a { color: inherit; }
        svg text { fill: currentColor; font: 11px system-ui, sans-serif; }
        @media print { body { max-width: none; margin: 0; } h2 { break-after: avoid; } .scroll { overflow: visible; } }
        """;

    private final StringBuilder html = new StringBuilder();

    private HtmlPage() {}

    public static String of(Page page) {
        HtmlPage written = new HtmlPage();
        written.write(page);
        return written.html.toString();
    }

    private void write(Page page) {
        html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(Printable.markup(page.title()))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(Printable.markup(page.title()))
                .append("</h1>\n");
        page.lead().forEach(line -> element("p", line));
        html.append("<nav><ol>\n");
        for (int i = 0; i < page.sections().size(); i++) {
            html.append("<li><a href=\"#s")
                    .append(i + 1)
                    .append("\">")
                    .append(Printable.markup(page.sections().get(i).title()))
                    .append("</a></li>\n");
        }
        html.append("</ol></nav>\n");
        for (int i = 0; i < page.sections().size(); i++) {
            section(page.sections().get(i), i + 1);
        }
        html.append("</body>\n</html>\n");
    }

    private void section(Section section, int number) {
        html.append("<h2 id=\"s")
                .append(number)
                .append("\">")
                .append(number)
                .append(". ")
                .append(Printable.markup(section.title()))
                .append("</h2>\n");
        section.blocks().forEach(this::block);
    }

    private void block(Block block) {
        switch (block) {
            case Block.Text(String text) -> element("p", text);
            case Block.Source(String text) ->
                html.append("<p class=\"source\">Source: ")
                        .append(Printable.markup(text))
                        .append(".</p>\n");
            case Block.Lines(List<String> lines) -> element("pre", String.join("\n", lines));
            case Block.Table(List<Column> columns, List<List<String>> rows) -> table(columns, rows);
            case Block.Volumes(List<Volume> volumes) ->
                html.append("<div class=\"scroll\">\n")
                        .append(VolumePicture.of(volumes))
                        .append("</div>\n<p class=\"source\">Edges are drawn as square roots, so that small maps can be"
                                + " seen beside large ones.</p>\n");
        }
    }

    private void table(List<Column> columns, List<List<String>> rows) {
        html.append("<div class=\"scroll\"><table>\n<thead><tr>");
        columns.forEach(column -> cell("th", column, column.heading()));
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                cell("td", columns.get(i), row.get(i));
            }
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table></div>\n");
    }

    private void cell(String tag, Column column, String text) {
        html.append('<')
                .append(tag)
                .append(column.side() == Side.RIGHT ? " class=\"number\">" : ">")
                .append(Printable.markup(text))
                .append("</")
                .append(tag)
                .append('>');
    }

    private void element(String tag, String text) {
        html.append('<')
                .append(tag)
                .append('>')
                .append(Printable.markup(text))
                .append("</")
                .append(tag)
                .append(">\n");
    }
}
