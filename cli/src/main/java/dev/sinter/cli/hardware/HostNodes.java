package dev.sinter.cli.hardware;

import dev.sinter.backend.fpga.IntegerCore;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.graph.Node;
import java.util.List;

/// Says what of a network stays on the host.
public final class HostNodes {
    private HostNodes() {}

    public static void print(Terminal terminal, IntegerCore core) {
        print(terminal, "before", core.before());
        print(terminal, "after", core.after());
    }

    private static void print(Terminal terminal, String when, List<Node> nodes) {
        if (!nodes.isEmpty()) {
            terminal.out().println("on the host " + when + ": " + String.join(", ", SynthesisReport.labels(nodes)));
        }
    }
}
