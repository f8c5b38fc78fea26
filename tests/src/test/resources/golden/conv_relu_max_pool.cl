// target: avx512
// sinter.graph 1
// graph conv_relu_max_pool {
//   %x: f32[1,64,112,112] = input
//   %w: f32[64,64,3,3] = constant random 1
//   %b: f32[64] = constant random 2
//   %y: f32[1,64,112,112] = conv(%x, %w, %b) pads=[1,1,1,1]
//   %z: f32[1,64,112,112] = relu(%y)
//   %p: f32[1,64,56,56] = max_pool(%z) kernel=[2,2] strides=[2,2]
//   return %p
// }
//
// schedule of p
//   relu: inline
//   max_pool: buffer; c 4:16 global 2, h 56 global 1, w 14:4 global 0, kh 2 unroll, kw 2 unroll, w 4 unroll, c 16 vector
//   conv: registers at max_pool 3; ic 64 serial, kh 3 serial, kw 3 serial, n demand unroll, h demand unroll, w demand unroll, c 16 vector

static inline float16 larger_float16(float16 a, float16 b) { return ((a < b) | (b != b)) ? b : a; }
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
void k_conv_relu_max_pool(__global const float* restrict x0,
        __global const float* restrict w0,
        __global const float* restrict w1,
        __global float* restrict y0) {
    const long wo = get_global_id(0);
    const long h = get_global_id(1);
    const long co = get_global_id(2);
    float16 conv[1][2][8];
    #pragma unroll
    for (long h_2 = 0; h_2 < 2; ++h_2) {
        #pragma unroll
        for (long w = 0; w < 8; ++w) {
            conv[0][h_2][w] = (float16)(0.0f);
        }
    }
    for (long ic = 0; ic < 64; ++ic) {
        for (long kh = 0; kh < 3; ++kh) {
            for (long kw = 0; kw < 3; ++kw) {
                #pragma unroll
                for (long h_2 = 0; h_2 < 2; ++h_2) {
                    #pragma unroll
                    for (long w = 0; w < 8; ++w) {
                        conv[0][h_2][w] = fma((float16)(x0[ic * 12996 + h * 228 + (h_2 + kh) * 114 + wo * 8 + w + kw]), vload16(0, w0 + co * 9216 + ic * 144 + kh * 48 + kw * 16), conv[0][h_2][w]);
                    }
                }
            }
        }
    }
    #pragma unroll
    for (long h_2 = 0; h_2 < 2; ++h_2) {
        #pragma unroll
        for (long w = 0; w < 8; ++w) {
            conv[0][h_2][w] = (conv[0][h_2][w] + vload16(0, w1 + co * 16));
        }
    }
    float16 acc[4];
    #pragma unroll
    for (long wi = 0; wi < 4; ++wi) {
        acc[wi] = (float16)(-INFINITY);
    }
    #pragma unroll
    for (long kh_2 = 0; kh_2 < 2; ++kh_2) {
        #pragma unroll
        for (long kw_2 = 0; kw_2 < 2; ++kw_2) {
            #pragma unroll
            for (long wi = 0; wi < 4; ++wi) {
                acc[wi] = larger_float16(acc[wi], larger_than_constant_float16(conv[0][kh_2][wi * 2 + kw_2], (float16)(0.0f)));
            }
        }
    }
    #pragma unroll
    for (long wi = 0; wi < 4; ++wi) {
        scatter_float16(acc[wi], 16, y0 + co * 50176 + h * 56 + wo * 4 + wi, 3136);
    }
}
