package dev.sinter.backend.jvm;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.kernel.Stmt;
import java.lang.classfile.CodeBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Prints indices as int arithmetic. At the start of each loop's body the part of every index in it that is known by
/// then goes into a local variable, so that offsets become a variable plus a constant: HotSpot proves groups of such
/// accesses to be inside of an array by testing the first and the last of them.
final class IndexPrinter {
    private final CodeBuilder code;

    IndexPrinter(CodeBuilder code) {
        this.code = code;
    }

    /// Computes what `frame` now knows of the indices in `body`.
    void prepare(List<Stmt> body, Frame frame) {
        Indices.forEach(body, index -> {
            Map<Index.Atom, Long> known = known(index, frame);
            if (isWorthVariable(known) && frame.sum(known).isEmpty()) {
                Map<Index.Atom, Long> before =
                        frame.outer().map(outer -> known(index, outer)).orElse(Map.of());
                sum(known, before, frame);
                code.istore(frame.addSum(known));
            }
        });
    }

    private static boolean isWorthVariable(Map<Index.Atom, Long> terms) {
        return terms.size() > 1
                || terms.entrySet().stream()
                        .anyMatch(term -> !(term.getKey() instanceof Index.Variable) || term.getValue() != 1);
    }

    /// The terms of an index whose axes all have a variable.
    private static Map<Index.Atom, Long> known(Index index, Frame frame) {
        Map<Index.Atom, Long> known = new LinkedHashMap<>();
        index.terms().forEach((atom, factor) -> {
            if (!Index.of(atom).dependsOn((Axis axis) -> !frame.knows(axis))) {
                known.put(atom, factor);
            }
        });
        return known;
    }

    /// Leaves the value of `index` on the stack.
    void print(Index index, Frame frame) {
        int constant = toInt(index.constant());
        if (index.isConstant()) {
            code.loadConstant(constant);
            return;
        }
        requireInt(index);
        sum(index.terms(), Map.of(), frame);
        if (constant != 0) {
            code.loadConstant(constant).iadd();
        }
    }

    /// @param part terms of the sum of which another sum may be known
    private void sum(Map<Index.Atom, Long> terms, Map<Index.Atom, Long> part, Frame frame) {
        Map<Index.Atom, Long> open = new LinkedHashMap<>(terms);
        boolean first = true;
        for (Map<Index.Atom, Long> prepared : List.of(terms, part)) {
            Optional<Integer> slot = frame.sum(prepared);
            if (slot.isPresent() && first) {
                code.iload(slot.get());
                open.keySet().removeAll(prepared.keySet());
                first = false;
            }
        }
        for (Map.Entry<Index.Atom, Long> term : open.entrySet()) {
            atom(term.getKey(), frame);
            int factor = toInt(term.getValue());
            if (factor != 1) {
                code.loadConstant(factor).imul();
            }
            if (!first) {
                code.iadd();
            }
            first = false;
        }
    }

    private void atom(Index.Atom atom, Frame frame) {
        switch (atom) {
            case Index.Variable(Axis axis) -> code.iload(frame.slot(axis));
            case Index.Quotient(Index dividend, long divisor) -> {
                print(dividend, frame);
                quotient(toInt(divisor));
            }
            case Index.Remainder(Index dividend, long divisor) -> {
                print(dividend, frame);
                remainder(toInt(divisor));
            }
            case Index.Clamped(Index index, long lo, long hi) -> {
                print(index, frame);
                clamp(index.range(), lo, hi);
            }
            case Index.Loaded loaded -> throw new CompilerFault(loaded + " has no counter");
        }
    }

    /// A dividend is never negative, so that a shift and a mask will do for powers of two.
    private void quotient(int divisor) {
        if (Integer.bitCount(divisor) == 1) {
            code.loadConstant(Integer.numberOfTrailingZeros(divisor)).iushr();
        } else {
            code.loadConstant(divisor).idiv();
        }
    }

    private void remainder(int divisor) {
        if (Integer.bitCount(divisor) == 1) {
            code.loadConstant(divisor - 1).iand();
        } else {
            code.loadConstant(divisor).irem();
        }
    }

    private void clamp(Range range, long lo, long hi) {
        if (range.lo() < lo) {
            code.loadConstant(toInt(lo));
            Calls.math("max", java.lang.classfile.TypeKind.INT, 2, code);
        }
        if (range.hi() > hi) {
            code.loadConstant(toInt(hi));
            Calls.math("min", java.lang.classfile.TypeKind.INT, 2, code);
        }
    }

    private static void requireInt(Index index) {
        Range range = index.range();
        if (range.lo() < Integer.MIN_VALUE || range.hi() > Integer.MAX_VALUE) {
            throw new CompilerFault("index " + index + " goes from " + range.lo() + " to " + range.hi());
        }
    }

    private static int toInt(long value) {
        if ((int) value != value) {
            throw new CompilerFault(value + " in an index is no int");
        }
        return (int) value;
    }
}
