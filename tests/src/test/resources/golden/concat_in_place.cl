// target: avx2
// sinter.graph 1
// graph concat_in_place {
//   %x: f32[1,8,6,6] = input
//   %w: f32[8,8,1,1] = constant random 1
//   %v: f32[16,8,1,1] = constant random 2
//   %a: f32[1,8,6,6] = conv(%x, %w)
//   %b: f32[1,16,6,6] = conv(%x, %v)
//   %c: f32[1,24,6,6] = concat(%a, %b) axis=1
//   %u: f32[8,24,1,1] = constant random 3
//   %y: f32[1,8,6,6] = conv(%c, %u)
//   return %y
// }
//
// schedule of a
//   conv: buffer; h 6 global 0, ic 8 serial, kh 1 serial, kw 1 serial, w 6 unroll, c 8 vector
// schedule of b
//   conv: buffer; h 3:2 global 1, w 3:2 global 0, ic 8 serial, kh 1 serial, kw 1 serial, c 2:8 unroll, h 2 unroll, w 2 unroll, c 8 vector
// schedule of c
//
// schedule of y
//   conv: buffer; h 6 global 0, ic 24 serial, kh 1 serial, kw 1 serial, w 6 unroll, c 8 vector

static inline void scatter_float8(const float8 lanes, const long count, __global float* p, const long stride) {
    float each[8];
    vstore8(lanes, 0, each);
    #pragma unroll
    for (int i = 0; i < 8; ++i) {
        if (i < count) {
            p[i * stride] = each[i];
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void k_conv(__global const float* restrict x0,
        __global const float* restrict w0,
        __global float* restrict y0) {
    const long h = get_global_id(0);
    float8 acc[6];
    #pragma unroll
    for (long w = 0; w < 6; ++w) {
        acc[w] = (float8)(0.0f);
    }
    for (long ic = 0; ic < 8; ++ic) {
        #pragma unroll
        for (long w = 0; w < 6; ++w) {
            acc[w] = fma((float8)(x0[ic * 36 + h * 6 + w]), vload8(0, w0 + ic * 8), acc[w]);
        }
    }
    #pragma unroll
    for (long w = 0; w < 6; ++w) {
        vstore8(acc[w], 0, y0 + h * 48 + w * 8);
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void k_conv_2(__global const float* restrict x0,
        __global const float* restrict w0,
        __global float* restrict y0) {
    const long wo = get_global_id(0);
    const long ho = get_global_id(1);
    float8 acc[2][2][2];
    #pragma unroll
    for (long co = 0; co < 2; ++co) {
        #pragma unroll
        for (long hi = 0; hi < 2; ++hi) {
            #pragma unroll
            for (long wi = 0; wi < 2; ++wi) {
                acc[co][hi][wi] = (float8)(0.0f);
            }
        }
    }
    for (long ic = 0; ic < 8; ++ic) {
        #pragma unroll
        for (long co = 0; co < 2; ++co) {
            #pragma unroll
            for (long hi = 0; hi < 2; ++hi) {
                #pragma unroll
                for (long wi = 0; wi < 2; ++wi) {
                    acc[co][hi][wi] = fma((float8)(x0[ic * 36 + ho * 12 + hi * 6 + wo * 2 + wi]), vload8(0, w0 + co * 64 + ic * 8), acc[co][hi][wi]);
                }
            }
        }
    }
    #pragma unroll
    for (long co = 0; co < 2; ++co) {
        #pragma unroll
        for (long hi = 0; hi < 2; ++hi) {
            #pragma unroll
            for (long wi = 0; wi < 2; ++wi) {
                vstore8(acc[co][hi][wi], 0, y0 + co * 288 + ho * 96 + hi * 48 + wo * 16 + wi * 8 + 288);
            }
        }
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void k_conv_3(__global const float* restrict x0,
        __global const float* restrict w0,
        __global float* restrict y0) {
    const long h = get_global_id(0);
    float8 acc[6];
    #pragma unroll
    for (long w = 0; w < 6; ++w) {
        acc[w] = (float8)(0.0f);
    }
    for (long ic = 0; ic < 24; ++ic) {
        #pragma unroll
        for (long w = 0; w < 6; ++w) {
            acc[w] = fma((float8)(x0[(ic / 8) * 288 + h * 48 + w * 8 + (ic % 8)]), vload8(0, w0 + ic * 8), acc[w]);
        }
    }
    #pragma unroll
    for (long w = 0; w < 6; ++w) {
        scatter_float8(acc[w], 8, y0 + h * 6 + w, 36);
    }
}
