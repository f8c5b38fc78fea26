package dev.sinter.cli.terminal;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The way of all text to the terminal: what could command it is escaped here, whatever name or message it came in, and
/// what cannot be written is remembered, which a `PrintWriter` does not tell.
final class TerminalWriter extends FilterWriter {
    private final Content content;
    private @Nullable IOException failure;

    /// Whose words are written.
    enum Content {
        /// Words of ours with styles, and names of others.
        COLOURED,
        /// The same where styles are not wanted.
        PLAIN,
        /// Only what we or picocli wrote, control sequences included.
        OWN
    }

    TerminalWriter(Writer out, Content content) {
        super(out);
        this.content = content;
    }

    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void write(int c) throws IOException {
        write(String.valueOf((char) c), 0, 1);
    }

    @Override
    public void write(char[] text, int from, int count) throws IOException {
        write(new String(text, from, count), 0, count);
    }

    @Override
    public void write(String text, int from, int count) throws IOException {
        try {
            out.write(harmless(text.substring(from, from + count)));
        } catch (IOException lost) {
            throw remembered(lost);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException lost) {
            throw remembered(lost);
        }
    }

    private IOException remembered(IOException lost) {
        failure = failure == null ? lost : failure;
        return lost;
    }

    private String harmless(String text) {
        return switch (content) {
            case OWN -> text;
            case PLAIN -> Printable.text(text);
            case COLOURED -> styled(text);
        };
    }

    private static String styled(String text) {
        StringBuilder styled = new StringBuilder();
        int plainFrom = 0;
        for (int i = 0; i < text.length(); i++) {
            if (TextStyle.isMark(text.charAt(i))) {
                styled.append(Printable.text(text.substring(plainFrom, i)));
                styled.append(TextStyle.sequence(text.charAt(i)));
                plainFrom = i + 1;
            }
        }
        return styled.append(Printable.text(text.substring(plainFrom))).toString();
    }
}
