// target: avx512
// sinter.graph 1
// graph conv_relu_max_pool_by_a_ring {
//   %x: f32[1,3,32,32] = input
//   %w: f32[16,3,3,3] = constant random 1
//   %b: f32[16] = constant random 2
//   %y: f32[1,16,30,30] = conv(%x, %w, %b)
//   %z: f32[1,16,30,30] = relu(%y)
//   %p: f32[1,16,14,14] = max_pool(%z) kernel=[3,3] strides=[2,2]
//   return %p
// }
//
// schedule of p
//   relu: inline
//   max_pool: buffer; h 4:4 global 0, w 14 serial, kh 3 unroll, kw 3 unroll, h 4 unroll, c 16 vector
//   conv: registers at max_pool 2 kept 1; w demand serial, ic 3 serial, kh 3 serial, kw 3 serial, n demand unroll, h demand unroll, c 16 vector

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
    const long ho = get_global_id(0);
    float16 conv[1][9][3];
    for (long w = 0; w < 14; ++w) {
        for (long w_2 = min(w, (long)1); w_2 < 3; ++w_2) {
            float16 acc[1][9];
            #pragma unroll
            for (long h = 0; h < 9; ++h) {
                acc[0][h] = (float16)(0.0f);
            }
            for (long ic = 0; ic < 3; ++ic) {
                for (long kh = 0; kh < 3; ++kh) {
                    for (long kw = 0; kw < 3; ++kw) {
                        #pragma unroll
                        for (long h = 0; h < 9; ++h) {
                            acc[0][h] = fma((float16)(x0[ic * 1120 + ho * 256 + (h + kh) * 32 + w * 2 + w_2 + kw]), vload16(0, w0 + ic * 144 + kh * 48 + kw * 16), acc[0][h]);
                        }
                    }
                }
            }
            #pragma unroll
            for (long h = 0; h < 9; ++h) {
                conv[0][h][((w * 2 + w_2) % 3)] = (acc[0][h] + vload16(0, w1 + 0));
            }
        }
        float16 acc_2[4];
        #pragma unroll
        for (long hi = 0; hi < 4; ++hi) {
            acc_2[hi] = (float16)(-INFINITY);
        }
        #pragma unroll
        for (long kh_2 = 0; kh_2 < 3; ++kh_2) {
            #pragma unroll
            for (long kw_2 = 0; kw_2 < 3; ++kw_2) {
                #pragma unroll
                for (long hi = 0; hi < 4; ++hi) {
                    acc_2[hi] = larger_float16(acc_2[hi], larger_than_constant_float16(conv[0][hi * 2 + kh_2][((w * 2 + kw_2) % 3)], (float16)(0.0f)));
                }
            }
        }
        #pragma unroll
        for (long hi = 0; hi < 4; ++hi) {
            if (ho * 4 + hi < 14) {
                scatter_float16(acc_2[hi], 16, y0 + ho * 56 + hi * 14 + w, 196);
            }
        }
    }
}
