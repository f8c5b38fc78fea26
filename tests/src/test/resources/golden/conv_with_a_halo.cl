// target: avx512
// sinter.graph 1
// graph conv_with_a_halo {
//   %x: f32[1,32,28,28] = input
//   %w: f32[32,32,3,3] = constant random 2
//   %b: f32[32] = constant random 3
//   %y: f32[1,32,28,28] = conv(%x, %w, %b) pads=[1,1,1,1]
//   %z: f32[1,32,28,28] = relu(%y)
//   return %z
// }
//
// schedule of z
//   relu: buffer; c 16:2 global 2, h 4:7 global 1, w 2:16 global 0, c 2 unroll, h 7 unroll, w 16 vector
//   conv: registers at relu 3; ic 32 serial, kh 3 serial, kw 3 serial, n demand unroll, c demand unroll, h demand unroll, w 16 vector

static inline float16 larger_than_constant_float16(float16 a, float16 b) { return a < b ? b : a; }
static inline void scatter_float16(const float16 lanes, const long count, __global float* p, const long stride) {
    float each[16];
    vstore16(lanes, 0, each);
    #pragma unroll
    for (int i = 0; i < 16; ++i) {
        if (i < count) {
            p[i * stride] = each[i];
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void k_conv_relu(__global const float* restrict x0,
        __global const float* restrict w0,
        __global const float* restrict w1,
        __global float* restrict y0) {
    const long wo = get_global_id(0);
    const long ho = get_global_id(1);
    const long co = get_global_id(2);
    float16 conv[1][2][7];
    #pragma unroll
    for (long c = 0; c < 2; ++c) {
        #pragma unroll
        for (long h = 0; h < 7; ++h) {
            conv[0][c][h] = (float16)(0.0f);
        }
    }
    for (long ic = 0; ic < 32; ++ic) {
        for (long kh = 0; kh < 3; ++kh) {
            for (long kw = 0; kw < 3; ++kw) {
                #pragma unroll
                for (long c = 0; c < 2; ++c) {
                    #pragma unroll
                    for (long h = 0; h < 7; ++h) {
                        conv[0][c][h] = fma(vload16(0, x0 + ic * 1020 + ho * 238 + (h + kh) * 34 + wo * 16 + kw), (float16)(w0[co * 576 + c * 288 + ic * 9 + kh * 3 + kw]), conv[0][c][h]);
                    }
                }
            }
        }
    }
    #pragma unroll
    for (long c = 0; c < 2; ++c) {
        #pragma unroll
        for (long h = 0; h < 7; ++h) {
            conv[0][c][h] = (conv[0][c][h] + (float16)(w1[co * 2 + c]));
        }
    }
    #pragma unroll
    for (long ci = 0; ci < 2; ++ci) {
        #pragma unroll
        for (long hi = 0; hi < 7; ++hi) {
            scatter_float16(larger_than_constant_float16(conv[0][ci][hi], (float16)(0.0f)), -wo * 16 + 28, y0 + co * 1568 + ci * 784 + ho * 196 + hi * 28 + wo * 16, 1);
        }
    }
}
