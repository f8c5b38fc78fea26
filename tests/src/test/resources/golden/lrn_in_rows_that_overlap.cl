// target: avx512
// sinter.graph 1
// graph lrn_in_rows_that_overlap {
//   %x: f32[1,8,54,54] = input
//   %y: f32[1,8,54,54] = lrn(%x) size=5 alpha=0.0001 beta=0.75 bias=1
//   %p: f32[1,8,26,26] = max_pool(%y) kernel=[3,3] strides=[2,2]
//   return %p
// }
//
// schedule of y
//   lrn: buffer; c 8 global 1, h 54 global 0, w 4:16 serial overlap, w 16 vector
//   lrn_sum: registers at lrn 3; j 5 serial, n demand unroll, c demand unroll, h demand unroll, w 16 vector
// schedule of p
//   max_pool: buffer; c 4:2 global 1, h 26 global 0, kh 3 serial, kw 3 serial, c 2 unroll, w 2:16 unroll, w 16 vector

static inline float16 every_other_float16(__global const float* p) {
    return (float16)(vload16(0, p).even, vload16(0, p + 15).odd);
}
static inline float16 larger_float16(float16 a, float16 b) { return ((a < b) | (b != b)) ? b : a; }
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
void k_lrn_sum_lrn(__global const float* restrict x0,
        __global float* restrict y0) {
    const long h = get_global_id(0);
    const long c = get_global_id(1);
    for (long wo = 0; wo < 4; ++wo) {
        float16 v_lrn_sum[1][1][1];
        v_lrn_sum[0][0][0] = (float16)(0.0f);
        for (long j = max(-c + 2, (long)0); j < min(-c + 10, (long)5); ++j) {
            v_lrn_sum[0][0][0] = fma(vload16(0, x0 + (c + j) * 2916 + h * 54 + min(wo * 16, (long)38) - 5832), vload16(0, x0 + (c + j) * 2916 + h * 54 + min(wo * 16, (long)38) - 5832), v_lrn_sum[0][0][0]);
        }
        float16 value;
        value = sqrt(((v_lrn_sum[0][0][0] * (float16)(2.0E-5f)) + (float16)(1.0f)));
        vstore16((vload16(0, x0 + c * 2916 + h * 54 + min(wo * 16, (long)38)) / (value * sqrt(value))), 0, y0 + c * 3510 + h * 65 + min(wo * 16, (long)38));
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void k_max_pool(__global const float* restrict x0,
        __global float* restrict y0) {
    const long h = get_global_id(0);
    const long co = get_global_id(1);
    float16 acc[2][2];
    #pragma unroll
    for (long ci = 0; ci < 2; ++ci) {
        #pragma unroll
        for (long wo = 0; wo < 2; ++wo) {
            acc[ci][wo] = (float16)(-INFINITY);
        }
    }
    for (long kh = 0; kh < 3; ++kh) {
        for (long kw = 0; kw < 3; ++kw) {
            #pragma unroll
            for (long ci = 0; ci < 2; ++ci) {
                #pragma unroll
                for (long wo = 0; wo < 2; ++wo) {
                    acc[ci][wo] = larger_float16(acc[ci][wo], every_other_float16(x0 + co * 7020 + ci * 3510 + h * 130 + kh * 65 + wo * 32 + kw));
                }
            }
        }
    }
    #pragma unroll
    for (long ci = 0; ci < 2; ++ci) {
        #pragma unroll
        for (long wo = 0; wo < 2; ++wo) {
            scatter_float16(acc[ci][wo], -wo * 16 + 26, y0 + co * 1352 + ci * 676 + h * 26 + wo * 16, 1);
        }
    }
}
