package dev.sinter.backend.fpga;

import dev.sinter.ir.kernel.Stmt;
import java.util.Map;

/// Prints how the counters of a kernel go from one iteration to the next.
final class LoopPrinter {
    private final Names names;
    private final Pauses pauses;
    private final boolean phased;
    private final StringBuilder text = new StringBuilder();

    /// @param phased true if there is more than one phase
    private LoopPrinter(Names names, Pauses pauses, boolean phased) {
        this.names = names;
        this.pauses = pauses;
        this.phased = phased;
    }

    /// @param transitions from each phase
    static String print(Map<Phase, Transition> transitions, Names names, Pauses pauses) {
        LoopPrinter printer = new LoopPrinter(names, pauses, transitions.size() > 1);
        transitions.forEach((phase, transition) -> printer.phase(phase, transition, "            "));
        return printer.text.toString();
    }

    private void phase(Phase phase, Transition transition, String indent) {
        if (!phased) {
            print(phase, transition, indent);
            return;
        }
        line(indent, "if (phase == " + phase.number() + ") begin");
        print(phase, transition, indent + "    ");
        line(indent, "end");
    }

    private void line(String indent, String statement) {
        text.append(indent).append(statement).append('\n');
    }

    private void print(Phase from, Transition transition, String indent) {
        String deeper = indent + "    ";
        switch (transition) {
            case Transition.Step(Stmt.For loop, Signal last, Transition.Begin inside, Transition otherwise) -> {
                String counter = names.of(loop.axis());
                line(indent, "if (!" + SignalPrinter.name(last) + ") begin");
                line(deeper, counter + " <= " + counter + " + 1'd1;");
                print(from, inside, deeper);
                line(indent, "end else begin");
                print(from, otherwise, deeper);
                line(indent, "end");
            }
            case Transition.Begin(Phase to, Map<Stmt.For, Signal> starts) -> {
                starts.forEach((loop, start) -> {
                    String value = start.isConstant() ? Long.toString(start.constant()) : SignalPrinter.name(start);
                    line(indent, names.of(loop.axis()) + " <= " + value + ";");
                });
                if (from != to) {
                    line(indent, "phase <= " + to.number() + ";");
                }
                if (pauses.between(from, to) > 0) {
                    line(indent, "pause <= " + pauses.between(from, to) + ";");
                }
            }
        }
    }
}
