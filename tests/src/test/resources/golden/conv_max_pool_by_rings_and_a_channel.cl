// target: fpga
// sinter.graph 1
// graph streamed {
//   %x: f32[1,8,9,9] = input
//   %w: f32[16,8,3,3] = constant random 1
//   %y: f32[1,16,9,9] = conv(%x, %w) pads=[1,1,1,1]
//   %p: f32[1,16,4,4] = max_pool(%y) kernel=[3,3] strides=[2,2]
//   return %p
// }
//
// schedule of p
//   load(x): registers at conv 2 kept 1; x0 demand serial, x2 demand serial, x3 demand serial, x1 demand pipeline 1
//   load(w): local at conv 0; x0 demand serial, x1 demand serial, x2 demand serial, x3 demand pipeline 1
//   conv: channel 64; n 1 serial, h 9 serial, w 9 serial, ic 8 serial, kh 3 serial, kw 3 serial, c 8:2 pipeline 1, c 2 unroll
//   take(conv): registers at max_pool 2 kept 1; x0 demand serial, x2 demand serial, x3 demand serial, x1 demand pipeline 1
//   max_pool: buffer; n 1 serial, h 4 serial, w 4 serial, c 8:2 pipeline 1, c 2 unroll, kh 3 unroll, kw 3 unroll

static inline float larger_float(float a, float b) { return (a < b) || (b != b) ? b : a; }
#pragma OPENCL EXTENSION cl_intel_channels : enable
channel float channel0 __attribute__((depth(64)));

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void k_conv(__global const float* restrict w0,
        __global const float* restrict x0) {
    __local float v_load[16][8][3][3];
    for (int x0_2 = 0; x0_2 < 16; ++x0_2) {
        for (int x1 = 0; x1 < 8; ++x1) {
            for (int x2 = 0; x2 < 3; ++x2) {
                #pragma ii 1
                for (int x3 = 0; x3 < 3; ++x3) {
                    v_load[x0_2][x1][x2][x3] = w0[x0_2 * 72 + x1 * 9 + x2 * 3 + x3];
                }
            }
        }
    }
    float v_load_2[1][8][3][11];
    for (int h = 0; h < 9; ++h) {
        for (int x2_2 = min(h, (int)1) * 2; x2_2 < 3; ++x2_2) {
            for (int x3_2 = 0; x3_2 < 11; ++x3_2) {
                #pragma ii 1
                for (int x1_2 = 0; x1_2 < 8; ++x1_2) {
                    v_load_2[0][x1_2][((h + x2_2) % 3)][x3_2] = ((h + x2_2 - 1 >= 0 && h + x2_2 - 1 < 9) ? ((x3_2 - 1 >= 0 && x3_2 - 1 < 9) ? x0[x1_2 * 81 + (h + x2_2) * 9 + x3_2 - 10] : 0.0f) : 0.0f);
                }
            }
        }
        for (int w = 0; w < 9; ++w) {
            float acc[8][2];
            #pragma ii 1
            for (int co = 0; co < 8; ++co) {
                #pragma unroll
                for (int ci = 0; ci < 2; ++ci) {
                    acc[co][ci] = 0.0f;
                }
            }
            for (int ic = 0; ic < 8; ++ic) {
                for (int kh = 0; kh < 3; ++kh) {
                    for (int kw = 0; kw < 3; ++kw) {
                        #pragma ii 1
                        for (int co = 0; co < 8; ++co) {
                            #pragma unroll
                            for (int ci = 0; ci < 2; ++ci) {
                                acc[co][ci] = fma(v_load_2[0][ic][((h + kh) % 3)][w + kw], v_load[co * 2 + ci][ic][kh][kw], acc[co][ci]);
                            }
                        }
                    }
                }
            }
            #pragma ii 1
            for (int co = 0; co < 8; ++co) {
                #pragma unroll
                for (int ci = 0; ci < 2; ++ci) {
                    write_channel_intel(channel0, acc[co][ci]);
                }
            }
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void k_max_pool(__global float* restrict y0) {
    float v_take[1][16][3][9];
    for (int h = 0; h < 4; ++h) {
        for (int x2 = min(h, (int)1); x2 < 3; ++x2) {
            for (int x3 = 0; x3 < 9; ++x3) {
                #pragma ii 1
                for (int x1 = 0; x1 < 16; ++x1) {
                    v_take[0][x1][((h * 2 + x2) % 3)][x3] = read_channel_intel(channel0);
                }
            }
        }
        for (int w = 0; w < 4; ++w) {
            #pragma ii 1
            for (int co = 0; co < 8; ++co) {
                #pragma unroll
                for (int ci = 0; ci < 2; ++ci) {
                    float acc;
                    acc = -INFINITY;
                    #pragma unroll
                    for (int kh = 0; kh < 3; ++kh) {
                        #pragma unroll
                        for (int kw = 0; kw < 3; ++kw) {
                            acc = larger_float(acc, v_take[0][co * 2 + ci][((h * 2 + kh) % 3)][w * 2 + kw]);
                        }
                    }
                    y0[co * 32 + ci * 16 + h * 4 + w] = acc;
                }
            }
        }
    }
}
