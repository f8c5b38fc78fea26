package dev.sinter.cli.artifact;

import dev.sinter.cli.inspect.NetworkReport;
import dev.sinter.cli.terminal.Quantity;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.MemoryPlan;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.plan.Step;
import java.util.List;
import java.util.stream.Collectors;

/// A compiled network's plan, for people: steps, layouts, memory.
final class PlanText {
    private final Program program;
    private final StringBuilder text = new StringBuilder();

    private PlanText(Program program) {
        this.program = program;
    }

    static String of(String model, String target, Program program) {
        PlanText plan = new PlanText(program);
        plan.text.append("sinter plan 1\n");
        plan.text.append("model   ").append(model).append('\n');
        plan.text.append("target  ").append(target).append('\n');
        program.plan().graph().inputs().forEach(input -> plan.tensor("input   ", input));
        program.plan().graph().outputs().forEach(output -> plan.tensor("output  ", output));
        int number = 0;
        for (Step step : program.plan().steps()) {
            plan.step(number++, step);
        }
        plan.aliases();
        plan.pieces();
        plan.memory();
        return plan.text.toString();
    }

    private void tensor(String what, Value value) {
        text.append(what).append(value.name()).append(' ').append(value.type()).append("  ");
        text.append(place(value)).append("  ");
        text.append(LayoutText.of(program.plan().layout(value))).append('\n');
    }

    private void step(int number, Step step) {
        String layers = step.cluster().nodes().stream().map(Node::label).collect(Collectors.joining(", "));
        text.append("\nstep ").append(number).append(": ").append(layers);
        if (step.runsOnHost()) {
            text.append("  on the host, not checked independently");
        }
        step.writtenAt().ifPresent(place -> text.append("  schedule ").append(place));
        step.tunedAt().ifPresent(place -> text.append("  tuned schedule ").append(place));
        text.append('\n');
        for (Kernel kernel : step.kernels()) {
            text.append("  kernel ")
                    .append(kernel.name())
                    .append("  ")
                    .append(launch(kernel))
                    .append('\n');
            for (Kernel.Argument argument : kernel.arguments()) {
                text.append(argument.written() ? "    writes " : "    reads  ");
                text.append(argument.buffer().name())
                        .append(": ")
                        .append(argument.source().name())
                        .append(' ')
                        .append(argument.source().type());
                text.append("  ").append(place(argument.source()));
                text.append("  ").append(LayoutText.of(argument.layout())).append('\n');
            }
            for (Kernel.ChannelEnd end : kernel.channels()) {
                Source through = end.channel().source();
                text.append(end.written() ? "    writes " : "    reads  ")
                        .append("channel of ")
                        .append(end.channel().depth())
                        .append(": ")
                        .append(through.name())
                        .append(' ')
                        .append(through.type())
                        .append("  ")
                        .append(LayoutText.of(end.channel().order()))
                        .append('\n');
            }
        }
    }

    private static String launch(Kernel kernel) {
        List<Long> global = NetworkReport.globalSize(kernel.launch());
        List<Long> group = NetworkReport.workGroup(kernel.launch());
        return global.isEmpty()
                ? "single task"
                : extents(global) + " work-items" + (group.isEmpty() ? "" : " in groups of " + extents(group));
    }

    private static String extents(List<Long> extents) {
        return extents.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    private String place(Source source) {
        Source owner = program.plan().memoryOf(source);
        if (program.constant(source).isPresent()) {
            return "constant";
        }
        return program.memory().hasSlot(owner) ? "slot " + program.memory().slot(owner) : "nowhere";
    }

    private void aliases() {
        List<String> lines = program.plan().graph().nodes().stream()
                .map(Node::output)
                .filter(program.plan().aliases()::containsKey)
                .map(value -> "  " + value.name() + " " + value.type() + " lies in "
                        + program.plan().tensorOf(value).name())
                .toList();
        if (!lines.isEmpty()) {
            text.append("\nreshapes without a kernel\n")
                    .append(String.join("\n", lines))
                    .append('\n');
        }
    }

    private void pieces() {
        List<String> lines = program.plan().graph().nodes().stream()
                .map(Node::output)
                .filter(program.plan().inside()::containsKey)
                .map(value -> "  " + value.name() + " " + value.type() + " is a piece of "
                        + Expect.present(program.plan().inside().get(value), value)
                                .name() + "  "
                        + LayoutText.of(program.plan().layout(value)))
                .toList();
        if (!lines.isEmpty()) {
            text.append("\nconcatenations without a kernel\n")
                    .append(String.join("\n", lines))
                    .append('\n');
        }
    }

    private void memory() {
        List<MemoryPlan.Slot> slots = program.memory().slots();
        text.append("\nmemory: ")
                .append(Quantity.of(slots.size(), "slot"))
                .append(", ")
                .append(Quantity.bytes(program.memory().bytes()))
                .append('\n');
        for (int number = 0; number < slots.size(); number++) {
            text.append("  slot ")
                    .append(number)
                    .append(": ")
                    .append(slots.get(number).bytes())
                    .append(" bytes of ")
                    .append(slots.get(number).element())
                    .append('\n');
        }
    }
}
