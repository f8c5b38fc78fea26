// target: gpu
// sinter.graph 1
// graph softmax {
//   %x: f32[3,70] = input
//   %y: f32[3,70] = softmax(%x) axis=1
//   return %y
// }
//
// schedule of y
//   softmax_max: local at softmax 1; i1 64 local 0, i1 2:64 serial, i0 demand serial
//   softmax_sum: local at softmax 1; i1 64 local 0, i1 2:64 serial, i0 demand serial
//   softmax: buffer; i0 3 global 0, i1 64 local 0, i1 2:64 serial

static inline float larger_float(float a, float b) { return (a < b) || (b != b) ? b : a; }

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void k_softmax_max_softmax_sum_softmax(__global const float* restrict x0,
        __global float* restrict y0) {
    const int i0 = get_group_id(0);
    const int i1i = get_local_id(0);
    __local float v_softmax_max[1];
    __local float v_part[64][1];
    __local float v_softmax_sum[1];
    __local float v_part_2[64][1];
    float acc[1];
    acc[0] = -INFINITY;
    for (int i1o = 0; i1o < 2; ++i1o) {
        if (i1i + i1o * 64 < 70) {
            acc[0] = larger_float(acc[0], x0[i0 * 70 + i1i + i1o * 64]);
        }
    }
    v_part[i1i][0] = acc[0];
    barrier(CLK_LOCAL_MEM_FENCE);
    if (i1i < 32) {
        v_part[i1i][0] = larger_float(v_part[i1i][0], v_part[i1i + 32][0]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (i1i < 16) {
        v_part[i1i][0] = larger_float(v_part[i1i][0], v_part[i1i + 16][0]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (i1i < 8) {
        v_part[i1i][0] = larger_float(v_part[i1i][0], v_part[i1i + 8][0]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (i1i < 4) {
        v_part[i1i][0] = larger_float(v_part[i1i][0], v_part[i1i + 4][0]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (i1i < 2) {
        v_part[i1i][0] = larger_float(v_part[i1i][0], v_part[i1i + 2][0]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (i1i < 1) {
        v_part[i1i][0] = larger_float(v_part[i1i][0], v_part[i1i + 1][0]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (i1i < 1) {
        v_softmax_max[0] = v_part[0][0];
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    float acc_2[1];
    acc_2[0] = 0.0f;
    for (int i1o_2 = 0; i1o_2 < 2; ++i1o_2) {
        if (i1i + i1o_2 * 64 < 70) {
            acc_2[0] = (acc_2[0] + exp((x0[i0 * 70 + i1i + i1o_2 * 64] - v_softmax_max[0])));
        }
    }
    v_part_2[i1i][0] = acc_2[0];
    barrier(CLK_LOCAL_MEM_FENCE);
    if (i1i < 32) {
        v_part_2[i1i][0] = (v_part_2[i1i][0] + v_part_2[i1i + 32][0]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (i1i < 16) {
        v_part_2[i1i][0] = (v_part_2[i1i][0] + v_part_2[i1i + 16][0]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (i1i < 8) {
        v_part_2[i1i][0] = (v_part_2[i1i][0] + v_part_2[i1i + 8][0]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (i1i < 4) {
        v_part_2[i1i][0] = (v_part_2[i1i][0] + v_part_2[i1i + 4][0]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (i1i < 2) {
        v_part_2[i1i][0] = (v_part_2[i1i][0] + v_part_2[i1i + 2][0]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (i1i < 1) {
        v_part_2[i1i][0] = (v_part_2[i1i][0] + v_part_2[i1i + 1][0]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (i1i < 1) {
        v_softmax_sum[0] = v_part_2[0][0];
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int i1o_3 = 0; i1o_3 < 2; ++i1o_3) {
        if (i1i + i1o_3 * 64 < 70) {
            y0[i0 * 70 + i1i + i1o_3 * 64] = (exp((x0[i0 * 70 + i1i + i1o_3 * 64] - v_softmax_max[0])) / v_softmax_sum[0]);
        }
    }
}
