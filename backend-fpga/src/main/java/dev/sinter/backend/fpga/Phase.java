package dev.sinter.backend.fpga;

import dev.sinter.ir.kernel.Stmt;
import java.util.ArrayList;
import java.util.List;

/// Iterations that the hardware starts one after the other, one in each cycle: those of loops that stand inside of each
/// other. What a kernel does before or after an inner loop is done in the first or the last iteration of that.
final class Phase {
    private final int number;
    private final List<Stmt.For> loops;
    private final List<Part> parts = new ArrayList<>();

    /// Statements without loops.
    ///
    /// @param first the loops whose counters must stand at their first value
    /// @param last the loops whose counters must stand at their last value
    record Part(List<Stmt.For> first, List<Stmt.For> last, List<Stmt> statements) {}

    /// @param loops from the outermost to the innermost; their bodies are not looked at
    Phase(int number, List<Stmt.For> loops, List<Stmt> statements) {
        this.number = number;
        this.loops = List.copyOf(loops);
        parts.add(new Part(List.of(), List.of(), statements));
    }

    int number() {
        return number;
    }

    List<Stmt.For> loops() {
        return loops;
    }

    /// In the order in which an iteration does them.
    List<Part> parts() {
        return parts;
    }

    /// Done before all else, when the loops from a depth on begin.
    void before(int depth, List<Stmt> statements) {
        if (!statements.isEmpty()) {
            parts.addFirst(new Part(loops.subList(depth, loops.size()), List.of(), statements));
        }
    }

    /// Done after all else, when the loops from a depth on end.
    void after(int depth, List<Stmt> statements) {
        if (!statements.isEmpty()) {
            parts.addLast(new Part(List.of(), loops.subList(depth, loops.size()), statements));
        }
    }
}
