package dev.sinter.backend.fpga;

import java.util.ArrayList;
import java.util.List;

/// Prints what drives a design in a simulation: words of a file go in, words that come out go into a file, and on both
/// sides it waits now and then, if asked to, since hardware that is right only while nobody waits is not right.
final class Testbench {
    static final String NAME = "testbench";

    private Testbench() {}

    static String inputFile(Design.Stream stream) {
        return stream.port() + ".words";
    }

    static String outputFile(Design.Stream stream) {
        return stream.port() + ".result";
    }

    /// @param frames how many go through
    /// @param stall how many cycles of 256 each side waits for
    static String print(Design design, int frames, int stall) {
        StringBuilder text = new StringBuilder();
        text.append("`timescale 1ns / 1ns\nmodule ")
                .append(NAME)
                .append(";\n")
                .append("    reg clock = 0;\n    reg reset = 1;\n    always #1 clock = !clock;\n")
                .append("    integer cycle = 0;\n    reg [31:0] noise = 32'h2545f491;\n")
                .append("    integer finished = 0;\n");
        List<String> ports = new ArrayList<>();
        StringBuilder behaviour = new StringBuilder();
        for (Design.Stream stream : design.inputs()) {
            input(stream, frames, stall, text, behaviour);
            ports.add(stream.port());
        }
        for (Design.Stream stream : design.outputs()) {
            output(stream, frames, stall, text, behaviour);
            ports.add(stream.port());
        }
        text.append("    ").append(design.name()).append(" network (.clock(clock), .reset(reset)");
        for (String port : ports) {
            for (String part : List.of("_valid", "_ready", "_data")) {
                text.append(", .")
                        .append(port)
                        .append(part)
                        .append('(')
                        .append(port)
                        .append(part)
                        .append(')');
            }
        }
        text.append(");\n    always @(posedge clock) begin\n        cycle <= cycle + 1;\n")
                .append("        noise <= {noise[30:0], noise[31] ^ noise[21] ^ noise[1] ^ noise[0]};\n")
                .append("        if (cycle == 3) reset <= 0;\n")
                .append(behaviour)
                .append("        if (finished == ")
                .append(design.outputs().size())
                .append(") $finish;\n")
                .append("        if (cycle == ")
                .append(limit(design, frames, stall))
                .append(") $finish;\n")
                .append("    end\nendmodule\n");
        return text.toString();
    }

    /// Long after all should have come; what is missing then never comes.
    private static long limit(Design design, int frames, int stall) {
        long frame =
                2 * design.modules().stream().mapToLong(KernelModule::cycles).sum() + 1000;
        return (frames + 2L) * frame * 256 / (256 - stall);
    }

    private static int words(Design.Stream stream) {
        return stream.order().length / stream.lanes();
    }

    /// True in so many of 256 cycles.
    private static String waits(int stall, int shift) {
        return stall == 0 ? "1'b0" : "noise[" + (shift + 7) + ":" + shift + "] < " + stall;
    }

    private static void input(
            Design.Stream stream, int frames, int stall, StringBuilder text, StringBuilder behaviour) {
        String port = stream.port();
        long words = (long) frames * words(stream);
        int width = stream.lanes() * stream.elementBits();
        text.append("    reg [")
                .append(width - 1)
                .append(":0] ")
                .append(port)
                .append("_words [0:")
                .append(words - 1)
                .append("];\n    initial $readmemh(\"")
                .append(inputFile(stream))
                .append("\", ")
                .append(port)
                .append("_words);\n    integer ")
                .append(port)
                .append("_next = 0;\n    reg ")
                .append(port)
                .append("_valid = 0;\n    wire ")
                .append(port)
                .append("_ready;\n    reg [")
                .append(width - 1)
                .append(":0] ")
                .append(port)
                .append("_data;\n");
        behaviour
                .append("        if (!reset && (!")
                .append(port)
                .append("_valid || ")
                .append(port)
                .append("_ready)) begin\n            if (")
                .append(port)
                .append("_next == ")
                .append(words)
                .append(" || ")
                .append(waits(stall, 3))
                .append(") ")
                .append(port)
                .append("_valid <= 0;\n")
                .append("            else begin\n                ")
                .append(port)
                .append("_valid <= 1;\n")
                .append("                ")
                .append(port)
                .append("_data <= ")
                .append(port)
                .append("_words[")
                .append(port)
                .append("_next];\n                ")
                .append(port)
                .append("_next <= ")
                .append(port)
                .append("_next + 1;\n            end\n        end\n");
    }

    private static void output(
            Design.Stream stream, int frames, int stall, StringBuilder text, StringBuilder behaviour) {
        String port = stream.port();
        long words = (long) frames * words(stream);
        int width = stream.lanes() * stream.elementBits();
        text.append("    integer ")
                .append(port)
                .append("_file;\n    initial ")
                .append(port)
                .append("_file = $fopen(\"")
                .append(outputFile(stream))
                .append("\", \"w\");\n    integer ")
                .append(port)
                .append("_count = 0;\n    wire ")
                .append(port)
                .append("_valid;\n    reg ")
                .append(port)
                .append("_ready = 0;\n    wire [")
                .append(width - 1)
                .append(":0] ")
                .append(port)
                .append("_data;\n");
        behaviour
                .append("        ")
                .append(port)
                .append("_ready <= !(")
                .append(waits(stall, 17))
                .append(");\n")
                .append("        if (!reset && ")
                .append(port)
                .append("_valid && ")
                .append(port)
                .append("_ready) begin\n            $fwrite(")
                .append(port)
                .append("_file, \"%h %0d\\n\", ")
                .append(port)
                .append("_data, cycle);\n            ")
                .append(port)
                .append("_count <= ")
                .append(port)
                .append("_count + 1;\n            if (")
                .append(port)
                .append("_count == ")
                .append(words - 1)
                .append(") begin\n                $fclose(")
                .append(port)
                .append("_file);\n                finished = finished + 1;\n            end\n        end\n");
    }
}
