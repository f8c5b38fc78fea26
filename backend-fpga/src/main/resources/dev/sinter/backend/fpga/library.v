// What links the kernels of a design: streams whose words pass where valid and ready are both 1.

// Keeps some words, so that who yields them and who takes them need not do so at the same time.
module sinter_fifo #(
    parameter WIDTH = 8,
    parameter DEPTH = 2,
    parameter BITS = 1
) (
    input wire clock,
    input wire reset,
    input wire in_valid,
    output wire in_ready,
    input wire [WIDTH-1:0] in_data,
    output wire out_valid,
    input wire out_ready,
    output wire [WIDTH-1:0] out_data
);
    reg [WIDTH-1:0] words [0:DEPTH-1];
    reg [BITS-1:0] first;
    reg [BITS-1:0] next;
    reg [BITS:0] count;
    assign in_ready = count != DEPTH;
    assign out_valid = count != 0;
    assign out_data = words[first];
    wire put = in_valid && in_ready;
    wire take = out_valid && out_ready;
    always @(posedge clock) begin
        if (put) words[next] <= in_data;
        if (reset) begin
            first <= 0;
            next <= 0;
            count <= 0;
        end else begin
            if (put) next <= next == DEPTH - 1 ? 0 : next + 1'b1;
            if (take) first <= first == DEPTH - 1 ? 0 : first + 1'b1;
            if (put && !take) count <= count + 1'b1;
            if (take && !put) count <= count - 1'b1;
        end
    end
endmodule

// The same for many words, in a memory whose words are there a cycle after they are asked for: the next one is fetched
// before it is wanted.
module sinter_buffer #(
    parameter WIDTH = 8,
    parameter DEPTH = 16,
    parameter BITS = 4
) (
    input wire clock,
    input wire reset,
    input wire in_valid,
    output wire in_ready,
    input wire [WIDTH-1:0] in_data,
    output wire out_valid,
    input wire out_ready,
    output wire [WIDTH-1:0] out_data
);
    reg [WIDTH-1:0] words [0:DEPTH-1];
    reg [BITS-1:0] first;
    reg [BITS-1:0] next;
    reg [BITS:0] count;
    reg [WIDTH-1:0] word;
    reg loaded;
    assign in_ready = count != DEPTH;
    assign out_valid = loaded;
    assign out_data = word;
    wire put = in_valid && in_ready;
    wire fetch = count != 0 && (!loaded || out_ready);
    always @(posedge clock) begin
        if (put) words[next] <= in_data;
        if (fetch) word <= words[first];
        if (reset) begin
            first <= 0;
            next <= 0;
            count <= 0;
            loaded <= 0;
        end else begin
            if (put) next <= next == DEPTH - 1 ? 0 : next + 1'b1;
            if (fetch) first <= first == DEPTH - 1 ? 0 : first + 1'b1;
            if (put && !fetch) count <= count + 1'b1;
            if (fetch && !put) count <= count - 1'b1;
            if (fetch) loaded <= 1;
            else if (out_ready) loaded <= 0;
        end
    end
endmodule

// Constants that are loaded at the start, word by word, into a memory with one port.
module sinter_constants #(
    parameter WIDTH = 8,
    parameter COUNT = 16,
    parameter BITS = 4
) (
    input wire clock,
    input wire reset,
    input wire load_valid,
    input wire [7:0] load_data,
    output wire loaded,
    input wire enable,
    input wire [BITS-1:0] address,
    output reg [WIDTH-1:0] word
);
    (* ram_style = "huge" *)
    reg [WIDTH-1:0] words [0:COUNT-1];
    reg [BITS:0] count;
    assign loaded = count == COUNT;
    wire put = load_valid && !loaded;
    wire [BITS-1:0] at = loaded ? address : count[BITS-1:0];
    always @(posedge clock) begin
        if (put) words[at] <= load_data[WIDTH-1:0];
        else if (enable) word <= words[at];
        if (reset) count <= 0;
        else if (put) count <= count + 1'b1;
    end
endmodule

// Hands the parts of each word on, one after the other, the lowest first.
module sinter_narrow #(
    parameter WIDTH = 8,
    parameter COUNT = 2,
    parameter BITS = 2
) (
    input wire clock,
    input wire reset,
    input wire in_valid,
    output wire in_ready,
    input wire [WIDTH*COUNT-1:0] in_data,
    output wire out_valid,
    input wire out_ready,
    output wire [WIDTH-1:0] out_data
);
    reg [WIDTH*COUNT-1:0] word;
    reg [BITS-1:0] left;
    assign out_valid = left != 0;
    assign out_data = word[WIDTH-1:0];
    assign in_ready = left == 0 || (left == 1 && out_ready);
    always @(posedge clock) begin
        if (in_valid && in_ready) word <= in_data;
        else if (out_valid && out_ready) word <= word >> WIDTH;
        if (reset) left <= 0;
        else if (in_valid && in_ready) left <= COUNT;
        else if (out_valid && out_ready) left <= left - 1'b1;
    end
endmodule

// Makes one word of several, the first of them its lowest part.
module sinter_widen #(
    parameter WIDTH = 8,
    parameter COUNT = 2,
    parameter BITS = 2
) (
    input wire clock,
    input wire reset,
    input wire in_valid,
    output wire in_ready,
    input wire [WIDTH-1:0] in_data,
    output wire out_valid,
    input wire out_ready,
    output wire [WIDTH*COUNT-1:0] out_data
);
    reg [WIDTH*COUNT-1:0] word;
    reg [BITS-1:0] count;
    assign out_valid = count == COUNT;
    assign out_data = word;
    assign in_ready = !out_valid || out_ready;
    always @(posedge clock) begin
        if (in_valid && in_ready) word <= {in_data, word[WIDTH*COUNT-1:WIDTH]};
        if (reset) count <= 0;
        else if (out_valid && out_ready) count <= in_valid ? 1 : 0;
        else if (in_valid && in_ready) count <= count + 1'b1;
    end
endmodule

// Hands each word to two takers; the next comes when both have it.
module sinter_fork #(
    parameter WIDTH = 8
) (
    input wire clock,
    input wire reset,
    input wire in_valid,
    output wire in_ready,
    input wire [WIDTH-1:0] in_data,
    output wire a_valid,
    input wire a_ready,
    output wire [WIDTH-1:0] a_data,
    output wire b_valid,
    input wire b_ready,
    output wire [WIDTH-1:0] b_data
);
    reg a_has;
    reg b_has;
    assign a_valid = in_valid && !a_has;
    assign b_valid = in_valid && !b_has;
    assign a_data = in_data;
    assign b_data = in_data;
    assign in_ready = (a_has || a_ready) && (b_has || b_ready);
    always @(posedge clock) begin
        if (reset || (in_valid && in_ready)) begin
            a_has <= 0;
            b_has <= 0;
        end else begin
            if (a_valid && a_ready) a_has <= 1;
            if (b_valid && b_ready) b_has <= 1;
        end
    end
endmodule

// Hands on some words of a frame: for each that comes, a table says whether it is one of them.
module sinter_keep #(
    parameter WIDTH = 8,
    parameter COUNT = 16,
    parameter BITS = 4,
    parameter TABLE = ""
) (
    input wire clock,
    input wire reset,
    input wire in_valid,
    output wire in_ready,
    input wire [WIDTH-1:0] in_data,
    output wire out_valid,
    input wire out_ready,
    output wire [WIDTH-1:0] out_data
);
    reg kept [0:COUNT-1];
    // Whoever looks at this module by itself has no table.
    generate
        if (TABLE != "") initial $readmemh(TABLE, kept);
    endgenerate
    // Whether the next word is kept is read ahead.
    reg primed;
    reg keep;
    reg [BITS-1:0] index;
    assign out_valid = primed && in_valid && keep;
    assign out_data = in_data;
    assign in_ready = primed && (out_ready || !keep);
    wire take = in_valid && in_ready;
    wire [BITS-1:0] index_next = !take ? index : index == COUNT - 1 ? {BITS{1'b0}} : index + 1'b1;
    always @(posedge clock) begin
        keep <= kept[reset ? {BITS{1'b0}} : index_next];
        if (reset) begin
            primed <= 0;
            index <= 0;
        end else begin
            primed <= 1;
            index <= index_next;
        end
    end
endmodule

// Yields the words of a frame in another order: for each that comes, a table says where it is in that. One frame comes
// while the one before goes.
module sinter_reorder #(
    parameter WIDTH = 8,
    parameter COUNT = 16,
    parameter BITS = 4,
    parameter TABLE = ""
) (
    input wire clock,
    input wire reset,
    input wire in_valid,
    output wire in_ready,
    input wire [WIDTH-1:0] in_data,
    output wire out_valid,
    input wire out_ready,
    output wire [WIDTH-1:0] out_data
);
    reg [BITS-1:0] places [0:COUNT-1];
    // Whoever looks at this module by itself has no table.
    generate
        if (TABLE != "") initial $readmemh(TABLE, places);
    endgenerate
    reg [WIDTH-1:0] words [0:(2<<BITS)-1];
    reg [1:0] full;

    // Coming in: the place of the next word is read ahead.
    reg bank_in;
    reg primed;
    reg [BITS-1:0] index_in;
    reg [BITS-1:0] place;
    assign in_ready = primed && !full[bank_in];
    wire put = in_valid && in_ready;
    wire ends_in = index_in == COUNT - 1;
    wire [BITS-1:0] index_next = !put ? index_in : ends_in ? {BITS{1'b0}} : index_in + 1'b1;
    always @(posedge clock) begin
        if (put) words[{bank_in, place}] <= in_data;
        place <= places[reset ? {BITS{1'b0}} : index_next];
        if (reset) begin
            bank_in <= 0;
            primed <= 0;
            index_in <= 0;
        end else begin
            primed <= 1;
            index_in <= index_next;
            if (put && ends_in) bank_in <= !bank_in;
        end
    end

    // Going out: the next word is read ahead, too.
    reg bank_out;
    reg loaded;
    reg [BITS-1:0] index_out;
    reg [WIDTH-1:0] word;
    assign out_valid = loaded;
    assign out_data = word;
    wire take = out_valid && out_ready;
    wire ends_out = index_out == COUNT - 1;
    wire [BITS-1:0] index_read = take ? index_out + 1'b1 : index_out;
    always @(posedge clock) begin
        if (take || !loaded) word <= words[{bank_out, index_read}];
        if (reset) begin
            bank_out <= 0;
            loaded <= 0;
            index_out <= 0;
        end else if (!loaded) begin
            loaded <= full[bank_out];
        end else if (take) begin
            if (ends_out) begin
                loaded <= 0;
                index_out <= 0;
                bank_out <= !bank_out;
            end else begin
                index_out <= index_out + 1'b1;
            end
        end
    end

    always @(posedge clock)
        if (reset) begin
            full <= 0;
        end else begin
            if (put && ends_in) full[bank_in] <= 1;
            if (take && ends_out) full[bank_out] <= 0;
        end
endmodule
