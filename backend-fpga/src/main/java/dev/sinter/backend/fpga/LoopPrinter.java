package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.Stmt;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntBiFunction;

/// Prints how the counters of a kernel go from one iteration to the next.
final class LoopPrinter {
    private final Datapath datapath;
    private final Phases phases;
    private final ToIntBiFunction<Phase, Phase> pauses;
    private final Map<Axis, String> counters;
    private final Set<Signal> steering = new LinkedHashSet<>();

    /// @param pauses how many cycles must pass between two phases
    /// @param counters the names of the registers
    LoopPrinter(Datapath datapath, ToIntBiFunction<Phase, Phase> pauses, Map<Axis, String> counters) {
        this.datapath = datapath;
        this.phases = datapath.phases();
        this.pauses = pauses;
        this.counters = counters;
    }

    /// What the text reads.
    Set<Signal> steering() {
        return steering;
    }

    /// The first value of a counter in the first iteration of all.
    long start(Axis axis) {
        for (Phase phase : phases.all()) {
            for (Stmt.For loop : phase.loops()) {
                if (loop.axis() == axis) {
                    return loop.from().evaluate(other -> other == axis ? 0 : start(other));
                }
            }
        }
        return 0;
    }

    /// The statements that go from one iteration to the next.
    String text() {
        StringBuilder text = new StringBuilder();
        List<Phase> all = phases.all();
        for (Phase phase : all) {
            String indent = "            ";
            if (all.size() > 1) {
                text.append(indent)
                        .append("if (phase == ")
                        .append(phase.number())
                        .append(") begin\n");
                indent += "    ";
            }
            step(phase, phase.loops().size() - 1, indent, text);
            if (all.size() > 1) {
                text.append("            end\n");
            }
        }
        return text.toString();
    }

    /// From an iteration of a phase to the next, where all loops from `depth` + 1 on have ended.
    private void step(Phase phase, int depth, String indent, StringBuilder text) {
        if (depth < 0) {
            enter(
                    phase,
                    phases.outermost().isEmpty()
                            ? phase
                            : phases.first(phases.outermost().getFirst()),
                    0,
                    Optional.empty(),
                    indent,
                    text);
            return;
        }
        Stmt.For loop = phase.loops().get(depth);
        Signal last = datapath.isLast(loop);
        List<Stmt.For> siblings =
                depth == 0 ? phases.outermost() : phases.children(phase.loops().get(depth - 1));
        int place = siblings.indexOf(loop);
        if (!last.isConstant()) {
            steering.add(last);
            text.append(indent).append("if (!n").append(last.number()).append(") begin\n");
            text.append(indent)
                    .append("    ")
                    .append(counters.get(loop.axis()))
                    .append(" <= ")
                    .append(counters.get(loop.axis()))
                    .append(" + 1'd1;\n");
            Phase first = phases.first(loop);
            enter(phase, first, depth + 1, Optional.of(loop), indent + "    ", text);
            text.append(indent).append("end else begin\n");
            onward(phase, depth, siblings, place, indent + "    ", text);
            text.append(indent).append("end\n");
        } else {
            onward(phase, depth, siblings, place, indent, text);
        }
    }

    private void onward(Phase phase, int depth, List<Stmt.For> siblings, int place, String indent, StringBuilder text) {
        if (place + 1 < siblings.size()) {
            enter(phase, phases.first(siblings.get(place + 1)), depth, Optional.empty(), indent, text);
        } else {
            step(phase, depth - 1, indent, text);
        }
    }

    /// Begins the loops of a phase from a depth on.
    ///
    /// @param stepped the loop outside of them that goes one further at the same time
    private void enter(Phase from, Phase to, int depth, Optional<Stmt.For> stepped, String indent, StringBuilder text) {
        for (Stmt.For loop : to.loops().subList(depth, to.loops().size())) {
            Index first = loop.from();
            if (stepped.isPresent()) {
                Axis outer = stepped.get().axis();
                first = first.substitute(axis -> axis == outer ? Index.of(axis).plus(1) : Index.of(axis));
            }
            // Loops that begin at the same time stand at their first value.
            Index start = first.substitute(
                    axis -> to.loops().subList(depth, to.loops().size()).stream()
                            .filter(other -> other.axis() == axis)
                            .findFirst()
                            .<Index>map(Stmt.For::from)
                            .orElse(Index.of(axis)));
            Signal value = datapath.signals().index(start);
            if (!value.isConstant()) {
                steering.add(value);
            }
            text.append(indent)
                    .append(counters.get(loop.axis()))
                    .append(" <= ")
                    .append(value.isConstant() ? Long.toString(value.constant()) : "n" + value.number())
                    .append(";\n");
        }
        if (phases.all().size() > 1 && from != to) {
            text.append(indent).append("phase <= ").append(to.number()).append(";\n");
        }
        int pause = pauses.applyAsInt(from, to);
        if (pause > 0) {
            text.append(indent).append("pause <= ").append(pause).append(";\n");
        }
    }
}
