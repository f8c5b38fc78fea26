// target: avx512
// sinter.graph 1
// graph channels_shuffled_into_a_depthwise_conv {
//   %x: f32[1,12,32,32] = input
//   %w: f32[12,12,1,1] = constant random 1
//   %a: f32[1,12,32,32] = conv(%x, %w)
//   %r: f32[1,3,4,32,32] = reshape(%a) shape=[1,3,4,32,32]
//   %t: f32[1,4,3,32,32] = transpose(%r) permutation=[0,2,1,3,4]
//   %s: f32[1,12,32,32] = reshape(%t) shape=[1,12,32,32]
//   %v: f32[12,1,3,3] = constant random 2
//   %y: f32[1,12,16,16] = conv(%s, %v) pads=[1,1,1,1] strides=[2,2] groups=12
//   return %y
// }
//
// schedule of a
//   conv: buffer; c 6:2 global 1, h 8:4 global 0, ic 12 serial, kh 1 serial, kw 1 serial, c 2 unroll, h 4 unroll, w 2:16 unroll, w 16 vector
// schedule of y
//   reshape#2: inline
//   transpose: inline
//   reshape: inline
//   conv: buffer; c 6:2 global 1, h 4:4 global 0, ic 1 serial, kh 3 serial, kw 3 serial, c 2 unroll, h 4 unroll, w 16 vector

static inline float16 every_other_float16(__global const float* p) {
    return (float16)(vload16(0, p).even, vload16(0, p + 15).odd);
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void k_conv(__global const float* restrict x0,
        __global const float* restrict w0,
        __global float* restrict y0) {
    const long ho = get_global_id(0);
    const long co = get_global_id(1);
    float16 acc[2][4][2];
    #pragma unroll
    for (long ci = 0; ci < 2; ++ci) {
        #pragma unroll
        for (long hi = 0; hi < 4; ++hi) {
            #pragma unroll
            for (long wo = 0; wo < 2; ++wo) {
                acc[ci][hi][wo] = (float16)(0.0f);
            }
        }
    }
    for (long ic = 0; ic < 12; ++ic) {
        #pragma unroll
        for (long ci = 0; ci < 2; ++ci) {
            #pragma unroll
            for (long hi = 0; hi < 4; ++hi) {
                #pragma unroll
                for (long wo = 0; wo < 2; ++wo) {
                    acc[ci][hi][wo] = fma(vload16(0, x0 + ic * 1024 + ho * 128 + hi * 32 + wo * 16), (float16)(w0[co * 24 + ci * 12 + ic]), acc[ci][hi][wo]);
                }
            }
        }
    }
    #pragma unroll
    for (long ci = 0; ci < 2; ++ci) {
        #pragma unroll
        for (long hi = 0; hi < 4; ++hi) {
            #pragma unroll
            for (long wo = 0; wo < 2; ++wo) {
                vstore16(acc[ci][hi][wo], 0, y0 + co * 2178 + ci * 1089 + ho * 132 + hi * 33 + wo * 16 + 34);
            }
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void k_reshape_transpose_reshape_conv(__global const float* restrict x0,
        __global const float* restrict w0,
        __global float* restrict y0) {
    const long ho = get_global_id(0);
    const long co = get_global_id(1);
    float16 acc[2][4];
    #pragma unroll
    for (long ci = 0; ci < 2; ++ci) {
        #pragma unroll
        for (long hi = 0; hi < 4; ++hi) {
            acc[ci][hi] = (float16)(0.0f);
        }
    }
    for (long kh = 0; kh < 3; ++kh) {
        for (long kw = 0; kw < 3; ++kw) {
            #pragma unroll
            for (long ci = 0; ci < 2; ++ci) {
                #pragma unroll
                for (long hi = 0; hi < 4; ++hi) {
                    acc[ci][hi] = fma(every_other_float16(x0 + ((co * 2 + ci) % 3) * 4356 + ((co * 2 + ci) / 3) * 1089 + ho * 264 + hi * 66 + kh * 33 + kw), (float16)(w0[co * 18 + ci * 9 + kh * 3 + kw]), acc[ci][hi]);
                }
            }
        }
    }
    #pragma unroll
    for (long ci = 0; ci < 2; ++ci) {
        #pragma unroll
        for (long hi = 0; hi < 4; ++hi) {
            vstore16(acc[ci][hi], 0, y0 + co * 512 + ci * 256 + ho * 64 + hi * 16);
        }
    }
}
