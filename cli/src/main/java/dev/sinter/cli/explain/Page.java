package dev.sinter.cli.explain;

import dev.sinter.cli.terminal.TextTable.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What is to be read, written once for the terminal and for a browser.
public record Page(String title, List<String> lead, List<Section> sections) {
    public Page {
        lead = List.copyOf(lead);
        sections = List.copyOf(sections);
    }

    /// One subject.
    public record Section(String title, List<Block> blocks) {
        public Section {
            blocks = List.copyOf(blocks);
        }

        static Section of(String title, Block... blocks) {
            return new Section(title, List.of(blocks));
        }
    }

    /// A piece of a section.
    public sealed interface Block {
        /// Sentences.
        record Text(String text) implements Block {}

        /// Where it can be read up.
        record Source(String text) implements Block {}

        /// Lines whose columns count, such as matrices.
        record Lines(List<String> lines) implements Block {}

        /// Rows under headings.
        record Table(List<Column> columns, List<List<String>> rows) implements Block {
            Table(Column... columns) {
                this(List.of(columns), new ArrayList<>());
            }

            Table row(String... cells) {
                rows.add(Arrays.asList(cells));
                return this;
            }
        }

        /// Feature maps as bodies, in order.
        record Volumes(List<Volume> volumes) implements Block {}
    }

    /// A feature map: how high, how wide, how many channels.
    public record Volume(String name, long channels, List<Long> extents) {
        long height() {
            return extents.get(Math.max(0, extents.size() - 2));
        }
    }
}
