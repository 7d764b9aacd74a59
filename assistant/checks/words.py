"""The word lists the rules read: one list, one idea. Longer words stand beside their parts; matching is by the rule."""

from __future__ import annotations

import re
from collections.abc import Iterable


def words(text: str) -> frozenset[str]:
    """The words of a blank-separated list."""
    return frozenset(text.split())


def any_of(*lists: Iterable[str]) -> str:
    """A regular expression for any word of these lists, longest first."""
    return "|".join(re.escape(word) for word in sorted({word for one in lists for word in one}, key=len, reverse=True))


# What a measurable name ends in. From 额 on: added after reading published tables.
METRIC_TAIL = words("""
    数量 人数 户数 次数 场次 场数 期数 份数 册数 篇数 件数 个数 台数 套数 张数 项数 批次 班次 人次 人次数 面积
    里程 长度 时长 天数 时间 日期 周期 期限 金额 标准 成本 单价 造价 费用 比例 占比 比率 率 度 量 数 指数 得分
    分值 等级 等次 排名 情况 程度 水平 产值 收入 效益 规模 增加值 增幅 降幅 浓度 寿命 年限 次 额 价 价格 时限
    时效 时点 节点 工期 频次 总值 支出 评分 支数 距离 及时性 增长 值 系数 倍数 幅 级别 名次 温度 用时 耗时 工时
    学时 课时 工资 薪酬 税收 利润 利息 年产 单产 亩产 户次 家次 件次 台次 辆次 档次 层数 比 比重 期 容量 偏差
    机时 租金 能力 投资 投入 状况 覆盖面 受益面 种类 品种 月份 补差 补助 补贴 抚恤金 奖金 津贴 补助金 助学金 养老金
    时速 流量 水位 压力 耗 电耗 能耗 油耗 热耗 耗电量 库容 倍 只数 头数 误差 半径 间隔 损失
    价款 票款 贴息 温 人口
""")
# Tails that say too little to turn a slogan into a measure (提高人民生活水平).
WEAK_TAIL = words("水平 情况 状况 程度 效益 度 增长 规模 能力 期")
VAGUE_VALUE = words("""
    提高 提升 增加 增强 改善 促进 加强 完善 优化 推动 保障 降低 减少 明显 显著 有效 良好 较好 好 及时 按时 按期
    稳定 稳步 持续 逐步 进一步 不断 大幅 较大 合理 规范 正常 充分 基本 达标 合格 完成 长期 效果明显 效果显著
    符合 满意 高 中 低 第一时间 尽快 尽早 即时 随时
""")
# Words that only join or grade vague words (较好地、得到有效提升), and say nothing by themselves.
VAGUE_JOINT = words("""
    办结 推进 落实 开展 执行 按计划 按要求 按规定 按进度 的 地 得 得到 有所 有 较 很 更 十分 非常 比较 效果 水平 能力
    程度 情况 和 与 并 且 已 可 了 为
""")
FILLER = words("无 不涉及 不适用 未涉及 暂无 没有 / - — -- —— N/A NA 0项")
PLACEHOLDER = words("待定 待补充 另行确定 据实 按实际 视情况 若干 适量 详见 见附件 另附")
INPUT_WORD = words("经费 资金 预算 拨款 投入 专款")
# Money that is the object of the work or its effect, not what the project costs.
MONEY_AS_RESULT = words("""
    撬动 带动 拉动 引导 吸引 引进 招商 节约 节省 节支 审减 核减 压减 盘活 收回 追回 挽回 追缴 清缴 归集 征缴
    征收 评审 审计 监管 查处 查补 融资 贷款 增收 创收 减免 收益 清理 收入 评价 检查 监督 稽核 决算 担保 理赔
    保险金额 保额 交易 成交
""")
MGMT_REQ = words("""
    配套到位率 配套资金到位率 专款专用 预算执行率 资金到位率 资金使用合规 严格按照预算 按照预算执行 不超过预算
    不超预算 预算控制数
    管理制度健全 制度健全 财务管理规范 资金支付合规 政府采购合规 采购合规 程序合规 合规性
""")
SLOGAN = words("""
    响应国家政策 贯彻落实 提高人民生活水平 构建和谐 便捷生活环境 高质量发展 全面提升 营造良好 深入推进 践行 助力
    打造 争当 争创 擦亮 排头兵 谱写 奋力 开创 新篇章 新局面 幸福底色
    传承红色 赓续 弘扬 让人民 让群众 买得放心 用得安心 筑牢 守护
    添砖加瓦 保驾护航 行稳致远 走在前列
""")
NEG = words("""
    投诉 差错 错误率 故障 事故 逾期 违规 违法 能耗 消耗 排放 死亡 流失 空置 闲置 结余率 偏差 延误 退货 返工 污染
    损失 成本 费用 单价 造价 超支
""")
DIRECTION = words("提高 增加 增大 改善 降低 减少 提升 增强 扩大 加快 缩短 下降 增长")
BOUNDED = words("""
    覆盖率 合格率 完成率 达标率 发放率 及时率 准确率 满意度 满意率 参保率 认证率 公示率 知晓率 通过率 到位率
    保障率 办结率 使用率 完好率 入学率 代缴率 补贴率 普及率 登记率 签约率 执行率 响应率
""")
SAT_GENERIC = words("""
    满意度 满意率 群众满意度 服务对象满意度 社会公众满意度 公众满意度 受益群众满意度 受益对象满意度 社会满意度
    人民群众满意度 相关人员满意度 服务对象满意率 群众满意率 社会公众满意率
""")
GENERIC_NAME = words("""
    完成率 及时率 合格率 达标率 覆盖率 项目完成率 项目完成及时率 任务完成率 工作完成率 工作完成及时率
    项目完成时间 完成时间 成本控制 成本指标 项目成本 数量指标 质量指标 时效指标 社会效益 经济效益 生态效益
    可持续影响
""")
# Names 财预〔2021〕101号 itself gives as examples: no rule may call them wrong.
NAME_OFFICIAL_EXAMPLE = words("""
    房屋修缮面积 设备更新改造数量 验收合格率 设备故障率 项目竣工验收合格率 工程按时完工率 助学金发放周期
    展览观众满意度 补贴对象满意度
""")
# 标准 is a standard price only outside these (标准化车间、标准厂房).
COST_WORD = words("""
    成本 费 单价 造价 标准 支出 金额 节约 控制 预算 经费 资金 投资 投入 额 价 补助 补贴 工资 薪 报酬 待遇 奖金
    津贴 租金 概算 决算 采购 用款 货币 损失 负担 贴息 利率 息 耗
""")
COST_WORD_STRONG = words("成本 费用 单价 造价 标准 支出 金额 节约 控制率 结余")
QUALITY_TAIL = words("合格率 达标率 发放率 准确率 完好率 覆盖率 公示率 满意度")
TIME_WORD = words("""
    时间 时限 时效 时长 时点 日期 及时 按时 按期 准时 定期 如期 周期 进度 工期 期限 期间 频次 频率 响应 天数
    效率 提前 限期 当年 年度 季度 月度 每月 每年 每季 每周 每日 按月 按年 按季 按周 年内 年底 月底 开工 完工
    竣工 节点 小时 分钟 工作日 时段 延迟 逾期 超期 滞后 速度 进展 准点 审限 期内 限内 到期 首日 应急响应 应急处置 滞留
""")
TIME_IN_VALUE = words("""
    及时 按时 按期 准时 定期 如期 当年 全年 年内 年底 年末 月底 月末 每年 每月 每季 每周 每日 每天 季度 月 日前
    适时 随时 期 时间
""")
ECON_TOKEN = words("""
    收入 产值 税 利润 成本 节约 节支 投资 营业 销售 GDP 增加值 经济 资金 产量 就业 价格 贸易 消费 旅游收入 效率
    收益 回收 盘活 撬动 结余 降本 增收 增产 减负 减免 盈 金额 费 价 工资 薪 产能 增产 单产 亩产 产出 资产 资本
    贷款 融资 交易 成交 出口 租金 损失 游客 客流 招商 订单 采购 市场 产业 企业 增值 损耗 粮 基金 担保 补贴 利息
    奖补 补偿 货币 用工 务工 工时 支出 分红 保值 元
""")
QUALITY_STANDARD = words("合格 达标 准确 完好 规范 足额 优良 优秀 验收 通过 一次 正确 有效 标准 精准 真实 完整 质量")
RATE_OF_DONE = words("完成率 覆盖率 发放率 参保率 普及率 参与率 到位率 登记率 入学率")
ORDINARY_BASELINE = words("上年 去年 同期 往年 基期 平均水平 全国平均 全省平均 持平 目标值")
GRADED = words("好/一般/差 优良中差 优、良 好、一般 分级 分档 三档 四档 等级评定 较好 一般 较差")
NEG_FLIP = words("""
    下降 降低 减少 压减 节约 控制率 节约率 处理率 处置率 办结率 整改率 消除率 化解率 查处率 回复率 整治率 清零率
    治理率 防控率 达标率 下降率 减少率 处理及时率 处置及时率 排除率 修复率 恢复率 侦破率
    挽回 避免 追回 化解 防止 查处 整治 消除
""")
SATISFIED = words("满意 认可 好评 投诉 表扬 评价 获得感 幸福感 安全感")
ORG_TAIL = words("""
    局 委 厅 部 办 办公室 中心 院 校 学校 站 所 队 总队 支队 大队 会 政府 街道 镇 乡 处 馆 集团 公司 社 团 署 行
    法院 检察院 委员会 医院 大学 学院 幼儿园 联 场 库 园 台 中学 小学 党校 基地 段 厂 库房 苏木 公署
    服务区 管委会 开发区 园区 示范区 机关 本级 部门
""")
# Colloquial short names of offices; the full name is another word (人社局 = 人力资源和社会保障局).
SHORT_ORG = words("""
    人社局 人社厅 社保中心 社保局 医保局 医保中心 卫健委 卫健局 卫计委 卫计局 住建局 住建委 住建厅 城管局 文旅局
    文旅委 市监局 自规局 自资局 发改委 发改局 工信局 工信委 退役局 农业局 疾控中心 食药监局 残联 妇联 应急局 交运局
    非税局 农机局 招商局 文广局 国土局 环保局 生态局 机关事务局 妇幼院 爱卫办
""")
SAMPLE_MARK = words("公开表样 表样 样表 参考模板 填报示例 示例 模板")
CATEGORY = words("人员类 公用经费 运转类 其他运转类 特定目标类")
ATTRIBUTE = words("新增 延续 经常性 一次性 阶段性")
GOAL_OUT = words("""
    完成 建设 开展 发放 购置 培训 举办 新建 改造 维护 检测 补助 救助 认证 办理 印制 覆盖 参保 服务 修缮 维修 养护
    采购 安装 建成 配备 资助 检查 巡查 调查 监测 运行 处置 保洁 编制 审核 种植 改建 扩建 更新 接种 支付 拨付 安置
    治理 清运 收集 供应 奖励 排查 受理
""")
GOAL_EFF = words("""
    提高 提升 改善 降低 减少 促进 增强 满意 受益 带动 保障 解决 缓解 确保 增加 防止 避免 消除 推动 维护 稳定 节约
    不低于 达到 惠及 方便 满足 助力 巩固
""")
# Beside one of these a year in the goal is not the year of the table.
ANOTHER_YEAR = words("""
    上年 去年 往年 截至 截止 依据 根据 按照 较 比 同比 以来 累计 历年 前三年 近三年 基础上 用于 预算编制 下年 下一年
    次年 批复 印发 文件
""")
