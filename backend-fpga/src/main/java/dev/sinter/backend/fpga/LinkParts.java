package dev.sinter.backend.fpga;

import java.util.Map;

/// Counts what the modules of the library are made of.
final class LinkParts {
    /// What a stream takes to be met on both sides.
    private static final int MEETING = 4;

    private LinkParts() {}

    /// @param module its name
    /// @param parameters those that are numbers
    static Parts of(String module, Map<String, Integer> parameters) {
        int width = parameters.getOrDefault("WIDTH", 0);
        int bits = parameters.getOrDefault("BITS", 0);
        int count = parameters.getOrDefault("COUNT", 0);
        Parts parts = new Parts();
        parts.add(Parts.Kind.LOGIC, MEETING);
        switch (module) {
            case "sinter_fifo", "sinter_buffer" -> {
                boolean clocked = module.equals("sinter_buffer");
                int depth = parameters.getOrDefault("DEPTH", 0);
                parts.add(new Parts.Memory(depth, width, true, clocked, false));
                counter(parts, bits);
                counter(parts, bits);
                counter(parts, bits + 1);
            }
            case "sinter_narrow" -> {
                counter(parts, bits);
                parts.add(Parts.Kind.CHOICE, (long) width * count);
                parts.add(Parts.Kind.REGISTER, (long) width * count);
            }
            case "sinter_widen" -> {
                counter(parts, bits);
                parts.add(Parts.Kind.REGISTER, (long) width * count);
            }
            case "sinter_keep" -> {
                counter(parts, bits);
                parts.add(new Parts.Memory(count, 1, false, true, false));
            }
            case "sinter_reorder" -> {
                counter(parts, bits);
                counter(parts, bits);
                parts.add(new Parts.Memory(count, bits, false, true, false));
                parts.add(new Parts.Memory(2L << bits, width, true, true, false));
            }
            case "sinter_fork" -> parts.add(Parts.Kind.REGISTER, 2);
            default -> throw new IllegalArgumentException(module + " is no module of the library");
        }
        return parts;
    }

    private static void counter(Parts parts, int bits) {
        parts.add(Parts.Kind.COUNTER, bits);
        parts.add(Parts.Kind.REGISTER, bits);
    }
}
