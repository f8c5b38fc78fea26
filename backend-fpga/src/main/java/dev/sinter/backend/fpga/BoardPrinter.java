package dev.sinter.backend.fpga;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Prints what stands around a design on a board: it starts it, and makes its streams of the bytes of a serial line.
final class BoardPrinter {
    static final String NAME = "sinter_board";

    /// The bytes of a frame, which wait for the network.
    private static final String BUFFERED = """
            wire buffered_valid;
            wire buffered_ready;
            wire [7:0] buffered_data;
            sinter_buffer #(.WIDTH(8), .DEPTH(%1$d), .BITS(%2$d)) frame_buffer (
                .clock(clock), .reset(reset), .in_valid(byte_valid && loaded), .in_ready(), .in_data(byte_data),
                .out_valid(buffered_valid), .out_ready(buffered_ready), .out_data(buffered_data));
        """;

    /// A word of one byte.
    private static final String SINGLE_IN = """
            wire [7:0] gathered_data = buffered_data;
            wire frame_valid = buffered_valid;
            wire frame_ready;
            assign buffered_ready = frame_ready;
        """;

    /// A word of several bytes.
    private static final String GATHERED = """
            wire [%1$d:0] gathered_data;
            wire frame_valid;
            wire frame_ready;
            sinter_widen #(.WIDTH(8), .COUNT(%2$d), .BITS(%3$d)) gather (
                .clock(clock), .reset(reset), .in_valid(buffered_valid), .in_ready(buffered_ready),
                .in_data(buffered_data), .out_valid(frame_valid), .out_ready(frame_ready),
                .out_data(gathered_data));
        """;

    /// A word that comes out, filled up to bytes.
    private static final String RESULT = """
            wire result_valid;
            wire result_ready;
            wire [%d:0] result_data;
            wire [%d:0] result_bytes = {%s};
        """;

    private static final String SINGLE_OUT = """
            assign answer_valid = result_valid;
            assign answer_data = result_bytes;
            assign result_ready = answer_ready;
        """;

    private static final String SPREAD = """
            sinter_narrow #(.WIDTH(8), .COUNT(%d), .BITS(%d)) spread (
                .clock(clock), .reset(reset), .in_valid(result_valid), .in_ready(result_ready),
                .in_data(result_bytes), .out_valid(answer_valid), .out_ready(answer_ready),
                .out_data(answer_data));
        """;

    private final Design design;
    private final HostProtocol protocol;

    private BoardPrinter(Design design) {
        this.design = design;
        this.protocol = new HostProtocol(design);
    }

    /// @param cyclesPerBit of the serial line
    static String print(Design design, int cyclesPerBit) {
        return new BoardPrinter(design).module(cyclesPerBit);
    }

    private String module(int cyclesPerBit) {
        Design.Stream input = protocol.input();
        Design.Stream output = protocol.output();
        return """
            // %1$s on a board, written by Sinter: see HostProtocol for what goes over the line
            module %2$s #(
                parameter CYCLES = %3$d
            ) (
                input wire clock,
                input wire receive,
                output wire transmit
            );
                localparam BITS = $clog2(CYCLES + 1);

                // Some cycles after the start, and after a break, everything begins.
                reg [3:0] start = 0;
                wire reset = start != 15;
                wire broken;
                always @(posedge clock) start <= broken ? 0 : reset ? start + 1'b1 : start;

                wire byte_valid;
                wire [7:0] byte_data;
                sinter_receiver #(.CYCLES(CYCLES), .BITS(BITS)) receiver (
                    .clock(clock), .reset(reset), .line(receive),
                    .valid(byte_valid), .data(byte_data), .broken(broken));

                // First what memories are loaded with, then frames.
                wire loaded;
                wire load_valid = byte_valid && !loaded;
            %4$s
            %5$s
                %6$s network (
                    .clock(clock), .reset(reset)%7$s%8$s%9$s);

                wire answer_valid;
                wire answer_ready;
                wire [7:0] answer_data;
            %10$s
                sinter_transmitter #(.CYCLES(CYCLES), .BITS(BITS)) transmitter (
                    .clock(clock), .reset(reset), .valid(answer_valid), .ready(answer_ready), .data(answer_data),
                    .line(transmit));
            endmodule
            """.formatted(
                        design.name(),
                        NAME,
                        cyclesPerBit,
                        design.isLoaded() ? "" : "    assign loaded = 1;",
                        input(input),
                        design.name(),
                        Verilog.connection(input.port(), "frame"),
                        Verilog.connection(output.port(), "result"),
                        design.isLoaded() ? ", .load_valid(load_valid), .load_data(byte_data), .loaded(loaded)" : "",
                        output(output));
    }

    /// Bytes become words: a frame of them has room, so that the host need not know when the network takes them.
    private static String input(Design.Stream stream) {
        int size = HostProtocol.bytesPerElement(stream);
        int count = size * stream.lanes();
        int depth = HostProtocol.bytesPerFrame(stream);
        String words = count == 1 ? SINGLE_IN : GATHERED.formatted(8 * count - 1, count, TopPrinter.bitsFor(count));
        String lanes = IntStream.range(0, stream.lanes())
                .mapToObj(lane -> stream.lanes() - 1 - lane)
                .map(lane ->
                        "gathered_data[%d:%d]".formatted(8 * size * lane + stream.elementBits() - 1, 8 * size * lane))
                .collect(Collectors.joining(", "));
        return BUFFERED.formatted(depth, TopPrinter.bitsFor(depth - 1))
                + words
                + "    wire [%d:0] frame_data = {%s};\n".formatted(stream.width() - 1, lanes);
    }

    private static String output(Design.Stream stream) {
        int size = HostProtocol.bytesPerElement(stream);
        int count = size * stream.lanes();
        int bits = stream.elementBits();
        int more = 8 * size - bits;
        String lanes = IntStream.range(0, stream.lanes())
                .mapToObj(lane -> stream.lanes() - 1 - lane)
                .map(lane -> {
                    int lowest = lane * bits;
                    String element = "result_data[%d:%d]".formatted(lowest + bits - 1, lowest);
                    String top = stream.isSigned() ? "result_data[%d]".formatted(lowest + bits - 1) : "1'b0";
                    return more == 0 ? element : "{%d{%s}}, %s".formatted(more, top, element);
                })
                .collect(Collectors.joining(", "));
        String bytes = count == 1 ? SINGLE_OUT : SPREAD.formatted(count, TopPrinter.bitsFor(count));
        return RESULT.formatted(stream.width() - 1, 8 * count - 1, lanes) + bytes;
    }
}
