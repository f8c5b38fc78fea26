package dev.sinter.backend.fpga;

/// Prints what plays the host of a board in a simulation: it sends a break and then bytes of a file, waits for the
/// answer to each frame, and writes the bytes that it gets.
///
/// @param load how many bytes come before the first frame
/// @param request how many bytes a frame has
/// @param answer how many bytes the answer has
/// @param frames how many frames there are
/// @param cyclesPerFrame how long an answer may take at most
record BoardTestbench(int load, int request, int answer, int frames, long cyclesPerFrame) {
    static final String NAME = "board_testbench";
    static final String SENT = "host.words";
    static final String RECEIVED = "host.result";

    /// As few as the receiver still tells bits apart with: the real line is slower.
    private static final int CYCLES_PER_BIT = 4;

    String print() {
        long bits = 12L * CYCLES_PER_BIT;
        long limit = 2 * ((load + (long) frames * (request + answer)) * bits + frames * cyclesPerFrame) + 10_000;
        return """
            `timescale 1ns / 1ns
            module %1$s;
                localparam CYCLES = %2$d;
                localparam LOAD = %3$d;
                localparam REQUEST = %4$d;
                localparam ANSWER = %5$d;
                localparam FRAMES = %6$d;
                reg clock = 0;
                always #1 clock = !clock;
                integer cycle = 0;
                always @(posedge clock) begin
                    cycle <= cycle + 1;
                    if (cycle == %7$d || received == FRAMES * ANSWER) $finish;
                end

                // The host sends: a break, then bytes, of each frame only after the answer to the one before.
                reg [7:0] bytes [0:LOAD + FRAMES * REQUEST - 1];
                initial $readmemh("%8$s", bytes);
                reg to_board = 1;
                integer sent = 0;
                integer sent_bits = 0;
                integer sent_cycles = 0;
                integer received = 0;
                wire may_send = sent < LOAD + FRAMES * REQUEST
                    && (sent < LOAD || (sent - LOAD) / REQUEST <= received / ANSWER);
                always @(posedge clock)
                    if (cycle < 50 * CYCLES) to_board <= cycle < 10 * CYCLES || cycle >= 40 * CYCLES;
                    else if (sent_cycles != 0) sent_cycles <= sent_cycles - 1;
                    else if (sent_bits != 0) begin
                        to_board <= sent_bits == 1 ? 1'b1 : bytes[sent][9 - sent_bits];
                        if (sent_bits == 1) sent <= sent + 1;
                        sent_bits <= sent_bits - 1;
                        sent_cycles <= CYCLES - 1;
                    end else if (may_send) begin
                        to_board <= 0;
                        sent_bits <= 9;
                        sent_cycles <= CYCLES - 1;
                    end

                // It receives: each bit is looked at in its middle.
                wire from_board;
                integer file;
                initial file = $fopen("%9$s", "w");
                integer received_bits = 0;
                integer received_cycles = 0;
                reg [7:0] received_byte;
                always @(posedge clock)
                    if (received_bits == 0) begin
                        if (!from_board) begin
                            received_bits <= 9;
                            received_cycles <= CYCLES + CYCLES / 2 - 1;
                        end
                    end else if (received_cycles != 0) received_cycles <= received_cycles - 1;
                    else begin
                        received_bits <= received_bits - 1;
                        received_cycles <= CYCLES - 1;
                        if (received_bits != 1) received_byte <= {from_board, received_byte[7:1]};
                        else begin
                            $fwrite(file, "%%h\\n", received_byte);
                            if (received == FRAMES * ANSWER - 1) $fclose(file);
                            received = received + 1;
                        end
                    end

                %10$s #(.CYCLES(CYCLES)) board (
                    .clock(clock), .receive(to_board), .transmit(from_board));
            endmodule
            """.formatted(
                        NAME, CYCLES_PER_BIT, load, request, answer, frames, limit, SENT, RECEIVED, BoardPrinter.NAME);
    }
}
