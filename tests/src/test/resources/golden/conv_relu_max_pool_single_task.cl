// target: fpga
// sinter.graph 1
// graph conv_relu_max_pool {
//   %x: f32[1,3,12,12] = input
//   %w: f32[8,3,3,3] = constant random 1
//   %b: f32[8] = constant random 2
//   %y: f32[1,8,12,12] = conv(%x, %w, %b) pads=[1,1,1,1]
//   %z: f32[1,8,12,12] = relu(%y)
//   %p: f32[1,8,6,6] = max_pool(%z) kernel=[2,2] strides=[2,2]
//   return %p
// }
//
// schedule of p
//   relu: inline
//   max_pool: buffer; c 8 serial, h 6 serial, w 6 serial, kh 2 unroll, kw 2 unroll
//   conv: registers at max_pool 3; ic 3 serial, kh 3 serial, kw 3 serial, n demand unroll, c demand unroll, h demand unroll, w demand unroll

static inline float larger_float(float a, float b) { return (a < b) || (b != b) ? b : a; }
static inline float larger_than_constant_float(float a, float b) { return a < b ? b : a; }

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void k_conv_relu_max_pool(__global const float* restrict x0,
        __global const float* restrict w0,
        __global const float* restrict w1,
        __global float* restrict y0) {
    for (int c = 0; c < 8; ++c) {
        for (int h = 0; h < 6; ++h) {
            for (int w = 0; w < 6; ++w) {
                float conv[1][1][2][2];
                #pragma unroll
                for (int h_2 = 0; h_2 < 2; ++h_2) {
                    #pragma unroll
                    for (int w_2 = 0; w_2 < 2; ++w_2) {
                        conv[0][0][h_2][w_2] = 0.0f;
                    }
                }
                for (int ic = 0; ic < 3; ++ic) {
                    for (int kh = 0; kh < 3; ++kh) {
                        for (int kw = 0; kw < 3; ++kw) {
                            #pragma unroll
                            for (int h_2 = 0; h_2 < 2; ++h_2) {
                                #pragma unroll
                                for (int w_2 = 0; w_2 < 2; ++w_2) {
                                    conv[0][0][h_2][w_2] = fma(((h * 2 + h_2 + kh - 1 >= 0 && h * 2 + h_2 + kh - 1 < 12) ? ((w * 2 + w_2 + kw - 1 >= 0 && w * 2 + w_2 + kw - 1 < 12) ? x0[ic * 144 + h * 24 + (h_2 + kh) * 12 + w * 2 + w_2 + kw - 13] : 0.0f) : 0.0f), w0[c * 27 + ic * 9 + kh * 3 + kw], conv[0][0][h_2][w_2]);
                                }
                            }
                        }
                    }
                }
                #pragma unroll
                for (int h_2 = 0; h_2 < 2; ++h_2) {
                    #pragma unroll
                    for (int w_2 = 0; w_2 < 2; ++w_2) {
                        conv[0][0][h_2][w_2] = (conv[0][0][h_2][w_2] + w1[c]);
                    }
                }
                float acc;
                acc = -INFINITY;
                #pragma unroll
                for (int kh_2 = 0; kh_2 < 2; ++kh_2) {
                    #pragma unroll
                    for (int kw_2 = 0; kw_2 < 2; ++kw_2) {
                        acc = larger_float(acc, larger_than_constant_float(conv[0][0][kh_2][kw_2], 0.0f));
                    }
                }
                y0[c * 36 + h * 6 + w] = acc;
            }
        }
    }
}
