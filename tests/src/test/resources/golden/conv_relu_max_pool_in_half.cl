// target: avx512
// precision: f16
// sinter.graph 1
// graph conv_relu_max_pool_in_half {
//   %x: f32[1,3,8,8] = input
//   %w: f32[16,3,3,3] = constant random 1
//   %b: f32[16] = constant random 2
//   %conv: f32[1,16,8,8] = conv(%x, %w, %b) strides=[1,1] pads=[1,1,1,1]
//   %relu: f32[1,16,8,8] = relu(%conv)
//   %pool: f32[1,16,4,4] = max_pool(%relu) kernel=[2,2] strides=[2,2]
//   %y: f32[1,16,4,4] = sigmoid(%pool)
//   return %y
// }
//
// schedule of y
//   cast: inline
//   relu: inline
//   cast#2: inline
//   sigmoid: buffer; h 2:2 global 1, w 2:2 global 0, h 2 unroll, w 2 unroll, c 16 vector
//   max_pool: registers at sigmoid 2; kh 2 serial, kw 2 serial, n demand unroll, h demand unroll, w demand unroll, c 16 vector
//   conv: registers at sigmoid 2; ic 3 serial, kh 3 serial, kw 3 serial, n demand unroll, h demand unroll, w demand unroll, c 16 vector

#pragma OPENCL EXTENSION cl_khr_fp16 : enable
static inline half16 larger_half16(half16 a, half16 b) { return ((a < b) | (b != b)) ? b : a; }
static inline half16 larger_than_constant_half16(half16 a, half16 b) { return a < b ? b : a; }
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
void k_cast_conv_relu_max_pool_cast_sig(__global const float* restrict x0,
        __global const half* restrict w0,
        __global const half* restrict w1,
        __global float* restrict y0) {
    const long wo = get_global_id(0);
    const long ho = get_global_id(1);
    half16 conv[1][4][4];
    #pragma unroll
    for (long h = 0; h < 4; ++h) {
        #pragma unroll
        for (long w = 0; w < 4; ++w) {
            conv[0][h][w] = (half16)((half)0.0f);
        }
    }
    for (long ic = 0; ic < 3; ++ic) {
        for (long kh = 0; kh < 3; ++kh) {
            for (long kw = 0; kw < 3; ++kw) {
                #pragma unroll
                for (long h = 0; h < 4; ++h) {
                    #pragma unroll
                    for (long w = 0; w < 4; ++w) {
                        conv[0][h][w] = fma((half16)(((ho * 4 + h + kh - 1 >= 0 && ho * 4 + h + kh - 1 < 8) ? ((wo * 4 + w + kw - 1 >= 0 && wo * 4 + w + kw - 1 < 8) ? (half)x0[ic * 64 + ho * 32 + (h + kh) * 8 + wo * 4 + w + kw - 9] : (half)0.0f) : (half)0.0f)), vload16(0, w0 + ic * 144 + kh * 48 + kw * 16), conv[0][h][w]);
                    }
                }
            }
        }
    }
    #pragma unroll
    for (long h = 0; h < 4; ++h) {
        #pragma unroll
        for (long w = 0; w < 4; ++w) {
            conv[0][h][w] = (conv[0][h][w] + vload16(0, w1 + 0));
        }
    }
    half16 v_max_pool[1][2][2];
    #pragma unroll
    for (long h_2 = 0; h_2 < 2; ++h_2) {
        #pragma unroll
        for (long w_2 = 0; w_2 < 2; ++w_2) {
            v_max_pool[0][h_2][w_2] = (half16)((half)-INFINITY);
        }
    }
    for (long kh_2 = 0; kh_2 < 2; ++kh_2) {
        for (long kw_2 = 0; kw_2 < 2; ++kw_2) {
            #pragma unroll
            for (long h_2 = 0; h_2 < 2; ++h_2) {
                #pragma unroll
                for (long w_2 = 0; w_2 < 2; ++w_2) {
                    v_max_pool[0][h_2][w_2] = larger_half16(v_max_pool[0][h_2][w_2], larger_than_constant_half16(conv[0][h_2 * 2 + kh_2][w_2 * 2 + kw_2], (half16)((half)0.0f)));
                }
            }
        }
    }
    #pragma unroll
    for (long hi = 0; hi < 2; ++hi) {
        #pragma unroll
        for (long wi = 0; wi < 2; ++wi) {
            scatter_float16(((float16)(1.0f) / ((float16)(1.0f) + exp((-convert_float16(v_max_pool[0][hi][wi]))))), 16, y0 + ho * 8 + hi * 4 + wo * 2 + wi, 16);
        }
    }
}
