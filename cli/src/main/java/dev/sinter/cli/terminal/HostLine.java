package dev.sinter.cli.terminal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What every command says of layers that no kernel computes.
public final class HostLine {
    private static final int MOST_NAMED = 20;

    private HostLine() {}

    /// @param layers their names with their operators; nothing is said if there are none
    public static Optional<String> of(List<String> layers) {
        if (layers.isEmpty()) {
            return Optional.empty();
        }
        int more = layers.size() - MOST_NAMED;
        return Optional.of("on the host, not checked independently: "
                + layers.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (more > 0 ? ", and " + more + " more" : ""));
    }
}
