// target: avx512
// sinter.graph 1
// graph residual_add {
//   %x: f32[1,16,14,14] = input
//   %w: f32[16,16,1,1] = constant random 1
//   %y: f32[1,16,14,14] = conv(%x, %w)
//   %z: f32[1,16,14,14] = add(%y, %x)
//   %r: f32[1,16,14,14] = relu(%z)
//   return %r
// }
//
// schedule of r
//   add: inline
//   relu: buffer; c 8:2 global 1, h 2:7 global 0, c 2 unroll, h 7 unroll, w 16 vector
//   conv: registers at relu 2; ic 16 serial, kh 1 serial, kw 1 serial, n demand unroll, c demand unroll, h demand unroll, w 16 vector

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
void k_conv_add_relu(__global const float* restrict x0,
        __global const float* restrict w0,
        __global float* restrict y0) {
    const long ho = get_global_id(0);
    const long co = get_global_id(1);
    float16 conv[1][2][7];
    #pragma unroll
    for (long c = 0; c < 2; ++c) {
        #pragma unroll
        for (long h = 0; h < 7; ++h) {
            conv[0][c][h] = (float16)(0.0f);
        }
    }
    for (long ic = 0; ic < 16; ++ic) {
        #pragma unroll
        for (long c = 0; c < 2; ++c) {
            #pragma unroll
            for (long h = 0; h < 7; ++h) {
                conv[0][c][h] = fma(vload16(0, x0 + ic * 224 + ho * 112 + h * 16), (float16)(w0[co * 32 + c * 16 + ic]), conv[0][c][h]);
            }
        }
    }
    #pragma unroll
    for (long ci = 0; ci < 2; ++ci) {
        #pragma unroll
        for (long hi = 0; hi < 7; ++hi) {
            scatter_float16(larger_than_constant_float16((conv[0][ci][hi] + vload16(0, x0 + co * 448 + ci * 224 + ho * 112 + hi * 16)), (float16)(0.0f)), 14, y0 + co * 392 + ci * 196 + ho * 98 + hi * 14, 1);
        }
    }
}
