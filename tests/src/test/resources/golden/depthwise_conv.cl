// target: avx512
// sinter.graph 1
// graph depthwise_conv {
//   %x: f32[1,32,14,14] = input
//   %w: f32[32,1,3,3] = constant random 1
//   %y: f32[1,32,14,14] = conv(%x, %w) pads=[1,1,1,1] groups=32
//   %s: f32[1,32,14,14] = sigmoid(%y)
//   return %s
// }
//
// schedule of s
//   sigmoid: buffer; c 32 global 0, h 14 unroll, w 16 vector
//   conv: registers at sigmoid 1; ic 1 serial, kh 3 serial, kw 3 serial, n demand unroll, c demand unroll, h demand unroll, w 16 vector

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
void k_conv_sigmoid(__global const float* restrict x0,
        __global const float* restrict w0,
        __global float* restrict y0) {
    const long c = get_global_id(0);
    float16 conv[1][1][14];
    #pragma unroll
    for (long h = 0; h < 14; ++h) {
        conv[0][0][h] = (float16)(0.0f);
    }
    for (long kh = 0; kh < 3; ++kh) {
        for (long kw = 0; kw < 3; ++kw) {
            #pragma unroll
            for (long h = 0; h < 14; ++h) {
                conv[0][0][h] = fma(vload16(0, x0 + c * 288 + (h + kh) * 18 + kw), (float16)(w0[c * 9 + kh * 3 + kw]), conv[0][0][h]);
            }
        }
    }
    #pragma unroll
    for (long h_2 = 0; h_2 < 14; ++h_2) {
        scatter_float16(((float16)(1.0f) / ((float16)(1.0f) + exp((-conv[0][0][h_2])))), 14, y0 + c * 196 + h_2 * 14, 1);
    }
}
