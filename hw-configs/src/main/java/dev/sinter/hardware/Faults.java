package dev.sinter.hardware;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/// What is wrong in one file, collected so that it can be told at once.
final class Faults {
    private static final int MOST_TOLD = 20;
    private static final int LONGEST_WORD = 60;

    private final String fileName;
    private final List<Fault> found = new ArrayList<>();

    private record Fault(
            int line, int column, String fact, @Nullable String hint) {}

    Faults(String fileName) {
        this.fileName = fileName;
    }

    void add(Node at, String fact, @Nullable String hint) {
        add(at.getStartMark(), fact, hint);
    }

    void add(Optional<Mark> at, String fact, @Nullable String hint) {
        found.add(new Fault(
                at.map(mark -> mark.getLine() + 1).orElse(0),
                at.map(mark -> mark.getColumn() + 1).orElse(0),
                fact,
                hint));
    }

    /// @throws CompileException if anything is wrong; it tells of the first by its place, and of the others after it
    void throwIfAny() {
        if (found.isEmpty()) {
            return;
        }
        found.sort(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column));
        Fault first = found.getFirst();
        String others = found.stream()
                .skip(1)
                .limit(MOST_TOLD - 1)
                .map(fault -> "\n  and " + place(fault) + ": " + fault.fact())
                .collect(Collectors.joining());
        String more = found.size() > MOST_TOLD ? "\n  and " + (found.size() - MOST_TOLD) + " more" : "";
        throw new CompileException(Code.HARDWARE_FILE, place(first), first.fact() + others + more, first.hint());
    }

    /// What stands in a file, as messages show it.
    static String shown(String text) {
        return text.length() <= LONGEST_WORD ? text : text.substring(0, LONGEST_WORD) + "…";
    }

    private String place(Fault fault) {
        return fault.line() == 0 ? fileName : fileName + ":" + fault.line() + ":" + fault.column();
    }
}
