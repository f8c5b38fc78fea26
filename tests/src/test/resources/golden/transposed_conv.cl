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
//   load(x): local at conv_transpose 6; x1 4 local 0, x2 10 local 0, x3 6 local 0, x0 demand serial, x1 demand:4 serial, x2 demand:10 serial, x3 demand:6 serial
//   load(w): local at conv_transpose 6; x0 8 local 0, x1 2 local 0, x2 3 local 0, x3 3 local 0, x0 demand:8 serial, x1 demand:2 serial, x2 demand:3 serial, x3 demand:3 serial
//   conv_transpose: buffer; c 2:2 global 1, w 2:8 global 0, c 2 local 0, h 16 local 0, w 8 local 0, ic 1:8 serial, ic 8 serial, kh 3 serial, kw 3 serial


__kernel __attribute__((reqd_work_group_size(256, 1, 1)))
void k_conv_transpose(__global const float* restrict x0,
        __global const float* restrict w0,
        __global float* restrict y0) {
    const int wo = get_group_id(0);
    const int i_cihwi = get_local_id(0);
    const int co = get_global_id(1);
    __local float v_load[1][8][10][6];
    __local float v_load_2[8][2][3][3];
    float acc;
    acc = 0.0f;
    if (i_cihwi < 240) {
        for (int x1o = 0; x1o < 2; ++x1o) {
            v_load[0][((i_cihwi / 6) / 10) + x1o * 4][((i_cihwi / 6) % 10)][(i_cihwi % 6)] = ((((i_cihwi / 6) % 10) - 1 >= 0 && ((i_cihwi / 6) % 10) - 1 < 5) ? ((wo * 4 + (i_cihwi % 6) - 1 >= 0 && wo * 4 + (i_cihwi % 6) - 1 < 5) ? x0[((i_cihwi / 6) / 10) * 25 + x1o * 100 + ((i_cihwi / 6) % 10) * 5 + wo * 4 + (i_cihwi % 6) - 6] : 0.0f) : 0.0f);
        }
    }
    if (i_cihwi < 144) {
        v_load_2[(((i_cihwi / 3) / 3) / 2)][(((i_cihwi / 3) / 3) % 2)][((i_cihwi / 3) % 3)][(i_cihwi % 3)] = w0[(((i_cihwi / 3) / 3) / 2) * 36 + co * 18 + (((i_cihwi / 3) / 3) % 2) * 9 + ((i_cihwi / 3) % 3) * 3 + (i_cihwi % 3)];
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int ici = 0; ici < 8; ++ici) {
        for (int kh = 0; kh < 3; ++kh) {
            for (int kw = 0; kw < 3; ++kw) {
                acc = fma((((((i_cihwi % 8) - kw + 3) % 2) < 1) ? ((((((i_cihwi / 8) % 16) - kh + 3) % 2) < 1) ? v_load[0][ici][((((i_cihwi / 8) % 16) - kh + 3) / 2)][(((i_cihwi % 8) - kw + 3) / 2)] : 0.0f) : 0.0f), v_load_2[ici][((i_cihwi / 8) / 16)][kh][kw], acc);
            }
        }
    }
    if (((i_cihwi / 8) % 16) < 10 && wo * 8 + (i_cihwi % 8) < 10) {
        y0[co * 200 + ((i_cihwi / 8) / 16) * 100 + ((i_cihwi / 8) % 16) * 10 + wo * 8 + (i_cihwi % 8)] = acc;
    }
}
