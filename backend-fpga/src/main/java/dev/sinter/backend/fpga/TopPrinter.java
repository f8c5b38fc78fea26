package dev.sinter.backend.fpga;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Prints the module that holds all others: kernels, and between them what makes the words of one those of the next.
final class TopPrinter {
    /// More words are kept in a memory.
    private static final int MOST_IN_REGISTERS = 4;

    private final Design design;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> tables = new LinkedHashMap<>();
    private final List<String> loaded = new ArrayList<>();
    private final Parts made = new Parts();
    private int parts;

    private TopPrinter(Design design) {
        this.design = design;
    }

    /// The text, by their names the files that it reads, and what stands between kernels.
    record Top(String verilog, Map<String, String> tables, Parts parts) {}

    static Top print(Design design) {
        TopPrinter printer = new TopPrinter(design);
        printer.module();
        return new Top(printer.text.toString(), printer.tables, printer.made);
    }

    private void module() {
        text.append("// %1$s, written by Sinter\nmodule %1$s (\n    input wire clock,\n    input wire reset"
                .formatted(design.name()));
        design.inputs().forEach(stream -> text.append(Verilog.port(stream.port(), stream.width(), false)));
        design.outputs().forEach(stream -> text.append(Verilog.port(stream.port(), stream.width(), true)));
        if (design.isLoaded()) {
            text.append("""
                ,
                    input wire load_valid,
                    input wire [7:0] load_data,
                    output wire loaded
                );
                    wire stopped = reset || !loaded;
                """);
        } else {
            text.append("\n);\n    wire stopped = reset;\n");
        }
        for (int module = 0; module < design.modules().size(); module++) {
            instance(module);
        }
        Map<Design.End, List<Design.Link>> bySource = new LinkedHashMap<>();
        design.links()
                .forEach(link -> bySource.computeIfAbsent(link.from(), _ -> new ArrayList<>())
                        .add(link));
        bySource.forEach((source, links) -> {
            String rest = name(source);
            for (Design.Link link : links.subList(0, links.size() - 1)) {
                rest = fork(link, rest);
            }
            link(links.getLast(), rest);
        });
        if (design.isLoaded()) {
            text.append("    assign loaded = %s;\n".formatted(String.join(" && ", loaded)));
        }
        text.append("endmodule\n");
    }

    /// The prefix of a stream's wires.
    private static String name(Design.End end) {
        String port = end.port().name();
        return end.module().isPresent() ? "m%d_%s".formatted(end.module().getAsInt(), port) : port;
    }

    private String wires(int width) {
        String name = "part_" + parts++;
        text.append(Verilog.wires(name, width));
        return name;
    }

    private void instance(int number) {
        KernelModule module = design.modules().get(number);
        StringBuilder connections = new StringBuilder();
        for (Port port : module.ports()) {
            String wires = name(Design.End.of(number, port));
            text.append(Verilog.wires(wires, port.width()));
            connections.append(Verilog.connection(port.name(), wires));
        }
        if (!module.loaded().isEmpty()) {
            String own = "loaded_" + number;
            String valid =
                    Stream.concat(Stream.of("load_valid"), loaded.stream()).collect(Collectors.joining(" && "));
            text.append("    wire %s;\n".formatted(own));
            connections.append(
                    ", .load_reset(reset), .load_valid(%s), .load_data(load_data), .loaded(%s)".formatted(valid, own));
            loaded.add(own);
        }
        text.append(
                "    %s module_%d (.clock(clock), .reset(stopped)%s);\n".formatted(module.name(), number, connections));
    }

    /// What a link gets of a stream that others get, too; yields what is left for those.
    private String fork(Design.Link link, String source) {
        int width = link.from().port().width();
        String own = wires(width);
        String rest = wires(width);
        part("sinter_fork", Map.of("WIDTH", width), Map.of("in", source, "a", own, "b", rest));
        link(link, own);
        return rest;
    }

    private void link(Design.Link link, String source) {
        int bits = link.from().port().elementBits();
        int lanes = link.from().port().lanes();
        int wanted = link.to().port().lanes();
        String at = source;
        if (link.passesSingly()) {
            at = through("sinter_narrow", at, bits, bits, lanes);
            lanes = 1;
        }
        if (link.drops()) {
            List<String> kept = IntStream.range(0, link.kept().length)
                    .mapToObj(i -> link.kept()[i] ? "1" : "0")
                    .toList();
            at = byTable("sinter_keep", at, bits, link.name() + "_kept", kept);
        }
        if (link.reorders()) {
            List<String> places =
                    IntStream.of(link.places()).mapToObj(Integer::toHexString).toList();
            at = byTable("sinter_reorder", at, bits, link.name(), places);
        }
        at = lanes > wanted
                ? through("sinter_narrow", at, bits * wanted, bits * wanted, lanes / wanted)
                : through("sinter_widen", at, bits * wanted, bits * lanes, wanted / lanes);
        part(
                link.depth() > MOST_IN_REGISTERS ? "sinter_buffer" : "sinter_fifo",
                Map.of("WIDTH", bits * wanted, "DEPTH", link.depth(), "BITS", bitsFor(link.depth() - 1)),
                Map.of("in", at, "out", name(link.to())));
    }

    /// A module that makes of `count` words one, or of one as many.
    ///
    /// @param width of a narrow word
    private String through(String module, String source, int outWidth, int width, int count) {
        if (count == 1) {
            return source;
        }
        String own = wires(outWidth);
        part(module, Map.of("WIDTH", width, "COUNT", count, "BITS", bitsFor(count)), Map.of("in", source, "out", own));
        return own;
    }

    /// A module that has a table with a word for each element of a frame.
    private String byTable(String module, String source, int width, String name, List<String> table) {
        String own = wires(width);
        String file = "%s_%s.hex".formatted(design.name(), name);
        tables.put(file, String.join("\n", table) + "\n");
        part(
                module,
                Map.of(
                        "WIDTH",
                        width,
                        "COUNT",
                        table.size(),
                        "BITS",
                        bitsFor(table.size() - 1),
                        "TABLE",
                        '"' + file + '"'),
                Map.of("in", source, "out", own));
        return own;
    }

    static int bitsFor(int largest) {
        return Math.max(1, 32 - Integer.numberOfLeadingZeros(largest));
    }

    private void part(String module, Map<String, ?> parameters, Map<String, String> streams) {
        made.addAll(LinkParts.of(module, parameters));
        String settings = new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(entry -> ".%s(%s)".formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(", "));
        String connections = new TreeMap<>(streams)
                .entrySet().stream()
                        .map(entry -> Verilog.connection(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining());
        text.append("    %1$s #(%2$s) %1$s_%3$d (.clock(clock), .reset(stopped)%4$s);\n"
                .formatted(module, settings, parts++, connections));
    }
}
