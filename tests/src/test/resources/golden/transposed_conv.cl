// target: gpu
// sinter.graph 1
// graph transposed_conv {
//   %x: f32[1,8,5,5] = input
//   %w: f32[8,4,3,3] = constant random 1
//   %y: f32[1,4,10,10] = conv_transpose(%x, %w) strides=[2,2] pads=[1,1,1,1] output_pads=[1,1]
//   return %y
// }
//
// schedule of y
//   load(x): local at conv_transpose 5; x1 2 local 0, x2 6 local 0, x3 10 local 0, x0 demand serial, x1 demand:2 serial, x2 demand:6 serial, x3 demand:10 serial
//   load(w): local at conv_transpose 5; x0 8 local 0, x2 3 local 0, x3 3 local 0, x0 demand:8 serial, x1 demand serial, x2 demand:3 serial, x3 demand:3 serial
//   conv_transpose: buffer; c 4 global 1, h 2:8 global 0, h 8 local 0, w 16 local 0, ic 1:8 serial, ic 8 serial, kh 3 serial, kw 3 serial


__kernel __attribute__((reqd_work_group_size(128, 1, 1)))
void k_conv_transpose(__global const float* restrict x0,
        __global const float* restrict w0,
        __global float* restrict y0) {
    const int ho = get_group_id(0);
    const int i_hiw = get_local_id(0);
    const int c = get_global_id(1);
    __local float v_load[1][8][6][10];
    __local float v_load_2[8][1][3][3];
    float acc;
    acc = 0.0f;
    if (i_hiw < 120) {
        for (int x1o = 0; x1o < 4; ++x1o) {
            v_load[0][((i_hiw / 10) / 6) + x1o * 2][((i_hiw / 10) % 6)][(i_hiw % 10)] = x0[((i_hiw / 10) / 6) * 100 + x1o * 200 + ho * 40 + ((i_hiw / 10) % 6) * 10 + (i_hiw % 10)];
        }
    }
    if (i_hiw < 72) {
        v_load_2[((i_hiw / 3) / 3)][0][((i_hiw / 3) % 3)][(i_hiw % 3)] = w0[((i_hiw / 3) / 3) * 36 + c * 9 + ((i_hiw / 3) % 3) * 3 + (i_hiw % 3)];
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int ici = 0; ici < 8; ++ici) {
        for (int kh = 0; kh < 3; ++kh) {
            for (int kw = 0; kw < 3; ++kw) {
                acc = fma((((((i_hiw % 16) - kw + 3) % 2) < 1) ? (((((i_hiw / 16) - kh + 3) % 2) < 1) ? v_load[0][ici][(((i_hiw / 16) - kh + 3) / 2)][(((i_hiw % 16) - kw + 3) / 2)] : 0.0f) : 0.0f), v_load_2[ici][0][kh][kw], acc);
            }
        }
    }
    if (ho * 8 + (i_hiw / 16) < 10 && (i_hiw % 16) < 10) {
        y0[c * 100 + ho * 80 + (i_hiw / 16) * 10 + (i_hiw % 16)] = acc;
    }
}
