package dev.sinter.backend.fpga;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Prints what drives a design in a simulation: words of a file go in, words that come out go into a file, and on both
/// sides it waits now and then, if asked to, since hardware that is right only while nobody waits is not right.
///
/// @param frames how many go through
/// @param stall how many cycles of 256 each side waits for
record Testbench(Design design, int frames, int stall) {
    static final String NAME = "testbench";

    /// The bytes that a design takes at its start.
    static final String LOAD_FILE = "load.words";

    private static final String LOADING = ", .load_valid(load_valid), .load_data(load_data), .loaded(loaded)";

    /// Cycles of which the testbench may wait for some.
    private static final int CYCLES = 256;

    Testbench {
        if (stall < 0 || stall >= CYCLES) {
            throw new IllegalArgumentException("stall " + stall + " must be from 0 to " + (CYCLES - 1));
        }
    }

    static String inputFile(Design.Stream stream) {
        return stream.port() + ".words";
    }

    static String outputFile(Design.Stream stream) {
        return stream.port() + ".result";
    }

    String print() {
        String connections = Stream.concat(design.inputs().stream(), design.outputs().stream())
                .map(stream -> Verilog.connection(stream.port(), stream.port()))
                .collect(Collectors.joining());
        return """
            `timescale 1ns / 1ns
            module %1$s;
                reg clock = 0;
                reg reset = 1;
                always #1 clock = !clock;
                integer cycle = 0;
                integer finished = 0;
                reg [31:0] noise = 32'h2545f491;
                always @(posedge clock) begin
                    cycle <= cycle + 1;
                    noise <= {noise[30:0], noise[31] ^ noise[21] ^ noise[1] ^ noise[0]};
                    if (cycle == 3) reset <= 0;
                    if (finished == %2$d || cycle == %3$d) $finish;
                end
            %8$s%4$s%5$s    %6$s network (.clock(clock), .reset(reset)%7$s);
            endmodule
            """.formatted(
                        NAME,
                        design.outputs().size(),
                        limit(),
                        design.inputs().stream().map(this::input).collect(Collectors.joining()),
                        design.outputs().stream().map(this::output).collect(Collectors.joining()),
                        design.name(),
                        connections + (design.isLoaded() ? LOADING : ""),
                        design.isLoaded() ? loading() : "    wire loaded = 1;\n");
    }

    /// What comes before the first frame.
    private String loading() {
        return """
                reg [7:0] load_bytes [0:%1$d - 1];
                initial $readmemh("%2$s", load_bytes);
                integer load_next = 0;
                wire loaded;
                wire load_valid = !reset && load_next != %1$d;
                wire [7:0] load_data = load_bytes[load_next];
                always @(posedge clock) if (load_valid) load_next <= load_next + 1;
            """.formatted(design.load().length, LOAD_FILE);
    }

    /// Long after all should have come; what is missing then never comes.
    private long limit() {
        long frame =
                2 * design.modules().stream().mapToLong(KernelModule::cycles).sum() + 1000;
        return design.load().length + (frames + 2L) * frame * CYCLES / (CYCLES - stall);
    }

    private long words(Design.Stream stream) {
        return (long) frames * stream.words();
    }

    /// True in so many cycles, for inputs others than for outputs.
    private String waits(int firstBit) {
        return stall == 0 ? "1'b0" : "noise[%d:%d] < %d".formatted(firstBit + 7, firstBit, stall);
    }

    private String input(Design.Stream stream) {
        return """
                reg [%2$d:0] %1$s_words [0:%3$d - 1];
                initial $readmemh("%4$s", %1$s_words);
                integer %1$s_next = 0;
                reg %1$s_valid = 0;
                wire %1$s_ready;
                reg [%2$d:0] %1$s_data;
                always @(posedge clock) if (!reset && loaded && (!%1$s_valid || %1$s_ready)) begin
                    if (%1$s_next == %3$d || %5$s) %1$s_valid <= 0;
                    else begin
                        %1$s_valid <= 1;
                        %1$s_data <= %1$s_words[%1$s_next];
                        %1$s_next <= %1$s_next + 1;
                    end
                end
            """.formatted(stream.port(), stream.width() - 1, words(stream), inputFile(stream), waits(3));
    }

    private String output(Design.Stream stream) {
        return """
                integer %1$s_file;
                initial %1$s_file = $fopen("%4$s", "w");
                integer %1$s_count = 0;
                wire %1$s_valid;
                reg %1$s_ready = 0;
                wire [%2$d:0] %1$s_data;
                always @(posedge clock) begin
                    %1$s_ready <= !(%5$s);
                    if (!reset && %1$s_valid && %1$s_ready) begin
                        $fwrite(%1$s_file, "%%h %%0d\\n", %1$s_data, cycle);
                        %1$s_count <= %1$s_count + 1;
                        if (%1$s_count == %3$d - 1) begin
                            $fclose(%1$s_file);
                            finished = finished + 1;
                        end
                    end
                end
            """.formatted(stream.port(), stream.width() - 1, words(stream), outputFile(stream), waits(17));
    }
}
