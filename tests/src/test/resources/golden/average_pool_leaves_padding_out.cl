// target: avx512
// sinter.graph 1
// graph average_pool_leaves_padding_out {
//   %x: f32[1,16,8,8] = input
//   %y: f32[1,16,4,4] = average_pool(%x) kernel=[3,3] strides=[2,2] pads=[0,0,1,1] count_include_pad=false
//   return %y
// }
//
// schedule of y
//   average_pool: buffer; h 2:2 global 0, kh 3 serial, kw 3 serial, h 2 unroll, w 4 unroll, c 16 vector

static inline float16 gather_float16(__global const float* p, const long stride) {
    return (float16)(p[0 * stride], p[1 * stride], p[2 * stride], p[3 * stride], p[4 * stride], p[5 * stride], p[6 * stride], p[7 * stride], p[8 * stride], p[9 * stride], p[10 * stride], p[11 * stride], p[12 * stride], p[13 * stride], p[14 * stride], p[15 * stride]);
}
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
void k_average_pool(__global const float* restrict x0,
        __global float* restrict y0) {
    const long ho = get_global_id(0);
    float16 acc[2][4];
    #pragma unroll
    for (long hi = 0; hi < 2; ++hi) {
        #pragma unroll
        for (long w = 0; w < 4; ++w) {
            acc[hi][w] = (float16)(0.0f);
        }
    }
    for (long kh = 0; kh < 3; ++kh) {
        for (long kw = 0; kw < 3; ++kw) {
            #pragma unroll
            for (long hi = 0; hi < 2; ++hi) {
                #pragma unroll
                for (long w = 0; w < 4; ++w) {
                    acc[hi][w] = (acc[hi][w] + gather_float16(x0 + ho * 36 + hi * 18 + kh * 9 + w * 2 + kw, 81));
                }
            }
        }
    }
    #pragma unroll
    for (long hi = 0; hi < 2; ++hi) {
        #pragma unroll
        for (long w = 0; w < 4; ++w) {
            scatter_float16((acc[hi][w] / (float16)(((float)(min(-ho * 4 - hi * 2 + 8, (long)3)) * (float)(min(-w * 2 + 8, (long)3))))), 16, y0 + ho * 8 + hi * 4 + w, 16);
        }
    }
}
