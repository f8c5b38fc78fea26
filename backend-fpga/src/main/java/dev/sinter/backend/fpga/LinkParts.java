package dev.sinter.backend.fpga;

import java.util.Map;

/// Counts what the modules of the library are made of.
final class LinkParts {
    /// What a stream takes to be met on both sides.
    private static final int MEETING = 4;

    private LinkParts() {}

    /// @param module its name
    /// @param parameters by their names
    static Parts of(String module, Map<String, ?> parameters) {
        int width = number(parameters, "WIDTH");
        int bits = number(parameters, "BITS");
        int count = number(parameters, "COUNT");
        Parts parts = new Parts();
        parts.add(Parts.Kind.LOGIC, MEETING);
        switch (module) {
            case "sinter_fifo", "sinter_buffer" -> {
                boolean clocked = module.equals("sinter_buffer");
                int depth = number(parameters, "DEPTH");
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

    /// 0 for one that the module has not.
    private static int number(Map<String, ?> parameters, String name) {
        return parameters.get(name) instanceof Integer number ? number : 0;
    }

    private static void counter(Parts parts, int bits) {
        parts.add(Parts.Kind.COUNTER, bits);
        parts.add(Parts.Kind.REGISTER, bits);
    }
}
