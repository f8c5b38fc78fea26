package dev.sinter.backend.fpga;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Prints the module that holds all others: kernels, and between them what makes the words of one those of the next.
final class TopPrinter {
    private final Design design;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> tables = new LinkedHashMap<>();
    private int parts;

    private TopPrinter(Design design) {
        this.design = design;
    }

    /// The text, and by their names the files that it reads.
    record Top(String verilog, Map<String, String> tables) {}

    static Top print(Design design) {
        TopPrinter printer = new TopPrinter(design);
        printer.module();
        return new Top(printer.text.toString(), printer.tables);
    }

    private void module() {
        text.append("// ")
                .append(design.name())
                .append(", written by Sinter\nmodule ")
                .append(design.name())
                .append(" (\n    input wire clock,\n    input wire reset");
        for (Design.Stream stream : design.inputs()) {
            port(stream, "input", "output");
        }
        for (Design.Stream stream : design.outputs()) {
            port(stream, "output", "input");
        }
        text.append("\n);\n");
        for (int module = 0; module < design.modules().size(); module++) {
            instance(module);
        }
        Map<String, List<Design.Link>> bySource = new LinkedHashMap<>();
        for (Design.Link link : design.links()) {
            bySource.computeIfAbsent(wire(link.from(), link.source()), _ -> new ArrayList<>())
                    .add(link);
        }
        bySource.forEach((source, links) -> {
            String rest = source;
            for (int i = 0; i < links.size(); i++) {
                Design.Link link = links.get(i);
                if (i == links.size() - 1) {
                    link(link, rest);
                } else {
                    rest = fork(link, rest);
                }
            }
        });
        text.append("endmodule\n");
    }

    private void port(Design.Stream stream, String forward, String back) {
        text.append(",\n    ")
                .append(forward)
                .append(" wire ")
                .append(stream.port())
                .append("_valid,\n    ")
                .append(back)
                .append(" wire ")
                .append(stream.port())
                .append("_ready,\n    ")
                .append(forward)
                .append(" wire [")
                .append(stream.lanes() * stream.elementBits() - 1)
                .append(":0] ")
                .append(stream.port())
                .append("_data");
    }

    private static String wire(int module, Port port) {
        return module < 0 ? port.name() : "m" + module + "_" + port.name();
    }

    private void wires(String name, int width) {
        text.append("    wire ")
                .append(name)
                .append("_valid;\n    wire ")
                .append(name)
                .append("_ready;\n    wire [")
                .append(width - 1)
                .append(":0] ")
                .append(name)
                .append("_data;\n");
    }

    private void instance(int number) {
        KernelModule module = design.modules().get(number);
        module.ports().forEach(port -> wires(wire(number, port), port.width()));
        text.append("    ")
                .append(module.name())
                .append(" module_")
                .append(number)
                .append(" (.clock(clock), .reset(reset)");
        for (Port port : module.ports()) {
            for (String part : List.of("_valid", "_ready", "_data")) {
                text.append(",\n        .")
                        .append(port.name())
                        .append(part)
                        .append('(')
                        .append(wire(number, port))
                        .append(part)
                        .append(')');
            }
        }
        text.append(");\n");
    }

    private String fork(Design.Link link, String source) {
        int width = link.source().width();
        String own = "part_" + parts++;
        String rest = "part_" + parts++;
        wires(own, width);
        wires(rest, width);
        text.append("    sinter_fork #(.WIDTH(")
                .append(width)
                .append(")) fork_")
                .append(own)
                .append(" (.clock(clock), .reset(reset)");
        connect("in", source);
        connect("a", own);
        connect("b", rest);
        text.append(");\n");
        link(link, own);
        return rest;
    }

    private void connect(String port, String wire) {
        for (String part : List.of("_valid", "_ready", "_data")) {
            text.append(", .")
                    .append(port)
                    .append(part)
                    .append('(')
                    .append(wire)
                    .append(part)
                    .append(')');
        }
    }

    private void link(Design.Link link, String source) {
        int bits = link.source().elementBits();
        int lanes = link.source().lanes();
        int wanted = link.sink().lanes();
        boolean reorders = link.places().length > 0;
        String at = source;
        if (reorders || lanes % wanted != 0 && wanted % lanes != 0) {
            at = narrow(at, bits, lanes);
            lanes = 1;
        }
        if (reorders) {
            at = reorder(link, at, bits);
        }
        if (lanes > wanted) {
            at = narrow(at, bits * wanted, lanes / wanted);
        } else {
            at = widen(at, bits * lanes, wanted / lanes);
        }
        part(
                "sinter_fifo",
                at,
                wire(link.to(), link.sink()),
                parameters(Map.of("WIDTH", bits * wanted, "DEPTH", link.depth(), "BITS", bitsFor(link.depth() - 1))));
    }

    private String narrow(String source, int width, int count) {
        return count == 1 ? source : through("sinter_narrow", source, width, width, count);
    }

    private String widen(String source, int width, int count) {
        return count == 1 ? source : through("sinter_widen", source, width * count, width, count);
    }

    private String through(String module, String source, int outWidth, int width, int count) {
        String own = "part_" + parts++;
        wires(own, outWidth);
        part(module, source, own, parameters(Map.of("WIDTH", width, "COUNT", count, "BITS", bitsFor(count))));
        return own;
    }

    private String reorder(Design.Link link, String source, int bits) {
        String own = "part_" + parts++;
        wires(own, bits);
        String file = design.name() + "_" + link.name() + ".hex";
        StringBuilder words = new StringBuilder();
        for (int place : link.places()) {
            words.append(Integer.toHexString(place)).append('\n');
        }
        tables.put(file, words.toString());
        int count = link.places().length;
        part(
                "sinter_reorder",
                source,
                own,
                parameters(Map.of("WIDTH", bits, "COUNT", count, "BITS", bitsFor(count - 1))) + ", .TABLE(\"" + file
                        + "\")");
        return own;
    }

    private static int bitsFor(int largest) {
        return Math.max(1, 32 - Integer.numberOfLeadingZeros(largest));
    }

    private static String parameters(Map<String, Integer> values) {
        List<String> texts = new ArrayList<>();
        new TreeMap<>(values).forEach((name, value) -> texts.add("." + name + "(" + value + ")"));
        return String.join(", ", texts);
    }

    private void part(String module, String source, String sink, String parameters) {
        text.append("    ")
                .append(module)
                .append(" #(")
                .append(parameters)
                .append(") ")
                .append(module.substring(7))
                .append('_')
                .append(parts++)
                .append(" (.clock(clock), .reset(reset)");
        connect("in", source);
        connect("out", sink);
        text.append(");\n");
    }
}
