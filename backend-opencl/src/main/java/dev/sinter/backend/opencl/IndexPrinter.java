package dev.sinter.backend.opencl;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.kernel.Identifiers;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Prints indices, and names the variables that they are of.
final class IndexPrinter {
    private final Map<Axis, String> names = new IdentityHashMap<>();
    private final OpenClDialect dialect;
    private Identifiers identifiers = new Identifiers();

    IndexPrinter(OpenClDialect dialect) {
        this.dialect = dialect;
    }

    /// @param taken the names of the kernel's arguments and arrays
    void startKernel(List<String> taken) {
        names.clear();
        identifiers = new Identifiers(taken);
    }

    String declare(Axis axis) {
        return names.computeIfAbsent(axis, _ -> identifiers.axis(axis.name()));
    }

    /// An index as an int expression. Offsets beyond 2^31 elements are refused before anything is printed.
    String print(Index index) {
        Map<Long, List<String>> byFactor = new LinkedHashMap<>();
        index.terms()
                .forEach((atom, factor) -> byFactor.computeIfAbsent(Math.abs(factor), _ -> new ArrayList<>())
                        .add((factor < 0 ? "-" : "+") + atom(atom)));
        StringBuilder text = new StringBuilder();
        byFactor.forEach((factor, terms) -> {
            String joined = signed(terms);
            boolean single = terms.size() == 1;
            if (factor == 1) {
                append(text, joined);
            } else if (single) {
                append(text, joined + " * " + factor);
            } else {
                append(text, "(" + joined + ") * " + factor);
            }
        });
        if (index.constant() != 0 || text.isEmpty()) {
            append(text, String.valueOf(index.constant()));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String term) {
        if (text.isEmpty()) {
            text.append(term);
        } else {
            text.append(term.startsWith("-") ? " - " + term.substring(1) : " + " + term);
        }
    }

    private static String signed(List<String> terms) {
        StringBuilder text = new StringBuilder();
        // A positive term first, where there is one: "h - kh" rather than "-kh + h".
        terms.stream()
                .sorted((a, b) -> Boolean.compare(a.startsWith("-"), b.startsWith("-")))
                .forEach(term -> append(text, term.startsWith("-") ? term : term.substring(1)));
        return text.toString();
    }

    private String atom(Index.Atom atom) {
        return switch (atom) {
            case Index.Variable(Axis axis) -> declare(axis);
            case Index.Quotient(Index dividend, long divisor) -> "(" + operand(dividend) + " / " + divisor + ")";
            case Index.Remainder(Index dividend, long divisor) -> "(" + operand(dividend) + " % " + divisor + ")";
            case Index.Clamped(Index inner, long lo, long hi) -> clamped(inner, lo, hi);
            case Index.Loaded loaded -> throw new CompilerFault(loaded + " has no counter");
        };
    }

    private String operand(Index index) {
        boolean simple = index.terms().size() == 1
                && index.constant() == 0
                && index.terms().containsValue(1L);
        return simple ? print(index) : "(" + print(index) + ")";
    }

    private String clamped(Index inner, long lo, long hi) {
        Range range = inner.range();
        String text = print(inner);
        // The library's min and max want both arguments of one type.
        String least = "(" + dialect.indexType() + ")" + lo;
        String most = "(" + dialect.indexType() + ")" + hi;
        if (range.lo() >= lo) {
            return "min(" + text + ", " + most + ")";
        }
        return range.hi() <= hi
                ? "max(" + text + ", " + least + ")"
                : "clamp(" + text + ", " + least + ", " + most + ")";
    }
}
