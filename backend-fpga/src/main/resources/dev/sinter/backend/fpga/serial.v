// What a board talks to its host with: a serial line of 8 bits, no parity, one stop bit.

// Makes bytes of what comes over a line. A line that is low for as long as two bytes take is a break.
module sinter_receiver #(
    parameter CYCLES = 12,
    parameter BITS = 4
) (
    input wire clock,
    input wire reset,
    input wire line,
    output reg valid,
    output wire [7:0] data,
    output wire broken
);
    reg [1:0] settled;
    always @(posedge clock) settled <= {line, settled[1]};
    wire now = settled[0];

    reg [BITS-1:0] wait_cycles;
    reg [3:0] left;
    reg [7:0] bits;
    reg [4:0] low = 0;
    assign data = bits;
    assign broken = low == 20;
    always @(posedge clock) begin
        valid <= 0;
        if (reset) begin
            left <= 0;
            wait_cycles <= 0;
        end else if (left == 0) begin
            // A start bit is looked at in its middle.
            if (!now) begin
                left <= 10;
                wait_cycles <= CYCLES / 2;
            end
        end else if (wait_cycles != 0) begin
            wait_cycles <= wait_cycles - 1'b1;
        end else begin
            wait_cycles <= CYCLES - 1;
            left <= left - 1'b1;
            if (left == 10 && now) left <= 0;
            if (left != 10 && left != 1) bits <= {now, bits[7:1]};
            if (left == 1) valid <= now;
        end
    end

    // How many bits the line has been low for: a break lasts until it is high again.
    reg [BITS-1:0] low_cycles = 0;
    always @(posedge clock)
        if (now) begin
            low <= 0;
            low_cycles <= 0;
        end else if (low_cycles == CYCLES - 1) begin
            low_cycles <= 0;
            if (low != 20) low <= low + 1'b1;
        end else begin
            low_cycles <= low_cycles + 1'b1;
        end
endmodule

// Sends bytes over a line.
module sinter_transmitter #(
    parameter CYCLES = 12,
    parameter BITS = 4
) (
    input wire clock,
    input wire reset,
    input wire valid,
    output wire ready,
    input wire [7:0] data,
    output wire line
);
    reg [9:0] bits;
    reg [3:0] left;
    reg [BITS-1:0] wait_cycles;
    assign ready = left == 0;
    assign line = left == 0 || bits[0];
    always @(posedge clock)
        if (reset) begin
            left <= 0;
        end else if (left == 0) begin
            if (valid) begin
                bits <= {1'b1, data, 1'b0};
                left <= 10;
                wait_cycles <= CYCLES - 1;
            end
        end else if (wait_cycles != 0) begin
            wait_cycles <= wait_cycles - 1'b1;
        end else begin
            wait_cycles <= CYCLES - 1;
            bits <= {1'b1, bits[9:1]};
            left <= left - 1'b1;
        end
endmodule
