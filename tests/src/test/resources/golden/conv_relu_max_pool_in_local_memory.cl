// target: gpu
// sinter.graph 1
// graph tile {
//   %x: f32[1,8,16,16] = input
//   %w: f32[16,8,3,3] = constant random 1
//   %c: f32[1,16,16,16] = conv(%x, %w) pads=[1,1,1,1]
//   %r: f32[1,16,16,16] = relu(%c)
//   %p: f32[1,16,8,8] = max_pool(%r) kernel=[2,2] strides=[2,2]
//   return %p
// }
//
// schedule of p
//   load(x): local at conv 1; x1 2 local 0, x2 18 local 0, x3 5:4 local 0, x0 demand serial, x1 demand:2 serial, x2 demand:18 serial, x3 demand:20 serial, x3 4 vector
//   load(w): local at conv 1; x1 8 local 0, x2 3 local 0, x3 3 local 0, x0 demand:4 serial, x1 demand:8 serial, x2 demand:3 serial, x3 demand:3 serial, x0 4 vector
//   conv: registers at max_pool 4; ic 1:8 serial, ic 8 serial, kh 3 serial, kw 3 serial, n demand unroll, c demand unroll, h demand unroll, w demand unroll
//   relu: inline
//   max_pool: buffer; c 4:4 global 0, c 4 local 0, h 8 local 0, w 8 local 0, kh 2 unroll, kw 2 unroll

static inline float larger_float(float a, float b) { return (a < b) || (b != b) ? b : a; }
static inline float larger_than_constant_float(float a, float b) { return a < b ? b : a; }

__kernel __attribute__((reqd_work_group_size(256, 1, 1)))
void k_conv_relu_max_pool(__global const float* restrict x0,
        __global const float* restrict w0,
        __global float* restrict y0) {
    const int co = get_group_id(0);
    const int i_cihw = get_local_id(0);
    __local float v_load[1][8][18][20];
    __local float v_load_2[8][3][3][4];
    float conv[1][1][2][2];
    #pragma unroll
    for (int h = 0; h < 2; ++h) {
        #pragma unroll
        for (int w = 0; w < 2; ++w) {
            conv[0][0][h][w] = 0.0f;
        }
    }
    if (i_cihw < 180) {
        for (int x1o = 0; x1o < 4; ++x1o) {
            vstore4(vload4(0, x0 + ((i_cihw / 5) / 18) * 360 + x1o * 720 + ((i_cihw / 5) % 18) * 20 + (i_cihw % 5) * 4), 0, &v_load[0][((i_cihw / 5) / 18) + x1o * 2][((i_cihw / 5) % 18)][(i_cihw % 5) * 4]);
        }
    }
    if (i_cihw < 72) {
        vstore4(vload4(0, w0 + co * 288 + ((i_cihw / 3) / 3) * 36 + ((i_cihw / 3) % 3) * 12 + (i_cihw % 3) * 4), 0, &v_load_2[((i_cihw / 3) / 3)][((i_cihw / 3) % 3)][(i_cihw % 3)][0]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int ici = 0; ici < 8; ++ici) {
        for (int kh = 0; kh < 3; ++kh) {
            for (int kw = 0; kw < 3; ++kw) {
                #pragma unroll
                for (int h = 0; h < 2; ++h) {
                    #pragma unroll
                    for (int w = 0; w < 2; ++w) {
                        conv[0][0][h][w] = fma(v_load[0][ici][((i_cihw / 8) % 8) * 2 + h + kh][(i_cihw % 8) * 2 + w + kw], v_load_2[ici][kh][kw][((i_cihw / 8) / 8)], conv[0][0][h][w]);
                    }
                }
            }
        }
    }
    float acc;
    acc = -INFINITY;
    #pragma unroll
    for (int kh_2 = 0; kh_2 < 2; ++kh_2) {
        #pragma unroll
        for (int kw_2 = 0; kw_2 < 2; ++kw_2) {
            acc = larger_float(acc, larger_than_constant_float(conv[0][0][kh_2][kw_2], 0.0f));
        }
    }
    y0[co * 256 + ((i_cihw / 8) / 8) * 64 + ((i_cihw / 8) % 8) * 8 + (i_cihw % 8)] = acc;
}
