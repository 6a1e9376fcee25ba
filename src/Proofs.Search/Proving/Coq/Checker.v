(* Polynomial inequalities over the reals by certificate: a checker and the proof that it is sound.
   Certificates are of two kinds. A tree of cones: at a leaf, the goal is a sum of products of facts, squares and numbers >= 0;
   inner nodes split on the sign of a polynomial, or prove a polynomial first and use it as a fact.
   A tree of boxes: bisections of a box, on whose leaves interval arithmetic over the rationals decides. *)
Require Import Reals Lra Lia List ZArith QArith Qreals Qminmax Bool.
Import ListNotations.
Open Scope R_scope.

(* Expressions over variables numbered from 0. *)
Inductive expr :=
  | Num (z : Z) | Var (i : nat) | Add (a b : expr) | Mul (a b : expr) | Pow (a : expr) (n : nat).

Fixpoint eval (v : list R) (e : expr) : R :=
  match e with
  | Num z => IZR z
  | Var i => nth i v 0
  | Add a b => eval v a + eval v b
  | Mul a b => eval v a * eval v b
  | Pow a n => eval v a ^ n
  end.

(* Polynomials: lists of exponent vectors with coefficients. Sums keep an order where there is one; soundness needs none. *)
Definition mono := list nat.
Definition pol := list (mono * Z).

Fixpoint mono_eval (v : list R) (m : mono) : R :=
  match m, v with
  | [], _ => 1
  | k :: m, x :: v => x ^ k * mono_eval v m
  | k :: m, [] => 0 ^ k * mono_eval [] m
  end.

Fixpoint pol_eval (v : list R) (p : pol) : R :=
  match p with [] => 0 | (m, c) :: p => IZR c * mono_eval v m + pol_eval v p end.

Fixpoint mono_compare (m n : mono) : comparison :=
  match m, n with
  | [], [] => Eq
  | [], _ => Lt
  | _, [] => Gt
  | a :: m, b :: n => match Nat.compare a b with Eq => mono_compare m n | c => c end
  end.

Fixpoint mono_mul (m n : mono) : mono :=
  match m, n with
  | [], _ => n
  | _, [] => m
  | a :: m, b :: n => (a + b)%nat :: mono_mul m n
  end.

Definition cons_term (m : mono) (c : Z) (p : pol) : pol := if Z.eqb c 0 then p else (m, c) :: p.

Fixpoint pol_add (p : pol) : pol -> pol :=
  match p with
  | [] => fun q => q
  | (m, c) :: p' =>
    (fix add q :=
      match q with
      | [] => (m, c) :: p'
      | (n, d) :: q' =>
        match mono_compare m n with
        | Eq => cons_term m (c + d) (pol_add p' q')
        | Lt => (m, c) :: pol_add p' q
        | Gt => (n, d) :: add q'
        end
      end)
  end.

Definition pol_scale (m : mono) (c : Z) (p : pol) : pol := map (fun t => (mono_mul m (fst t), (c * snd t)%Z)) p.

Fixpoint pol_mul (p q : pol) : pol :=
  match p with [] => [] | (m, c) :: p => pol_add (pol_scale m c q) (pol_mul p q) end.

Fixpoint pol_pow (p : pol) (n : nat) : pol :=
  match n with O => [([], 1%Z)] | S n => pol_mul p (pol_pow p n) end.

Fixpoint pol_of (e : expr) : pol :=
  match e with
  | Num z => cons_term [] z []
  | Var i => [(repeat O i ++ [1%nat], 1%Z)]
  | Add a b => pol_add (pol_of a) (pol_of b)
  | Mul a b => pol_mul (pol_of a) (pol_of b)
  | Pow a n => pol_pow (pol_of a) n
  end.

Definition pol_equal (p q : pol) : bool :=
  match pol_add p (pol_scale [] (-1) q) with [] => true | _ => false end.

Lemma mono_compare_eq : forall m n, mono_compare m n = Eq -> m = n.
Proof.
  induction m as [|a m IH]; destruct n as [|b n]; simpl; try discriminate; auto.
  destruct (Nat.compare a b) eqn:E; try discriminate.
  intro H. apply Nat.compare_eq in E. subst. f_equal. auto.
Qed.

Lemma mono_mul_sound : forall m n v, mono_eval v (mono_mul m n) = mono_eval v m * mono_eval v n.
Proof.
  induction m as [|a m IH]; intros n v; simpl; [ring|].
  destruct n as [|b n]; simpl; [destruct v; ring|].
  destruct v as [|x v]; rewrite pow_add, IH; ring.
Qed.

Lemma cons_term_sound : forall m c p v, pol_eval v (cons_term m c p) = IZR c * mono_eval v m + pol_eval v p.
Proof.
  intros. unfold cons_term. destruct (Z.eqb_spec c 0); [subst; simpl; ring | reflexivity].
Qed.

Lemma pol_add_sound : forall p q v, pol_eval v (pol_add p q) = pol_eval v p + pol_eval v q.
Proof.
  induction p as [|[m c] p IH]; intros q v; [simpl; ring|].
  induction q as [|[n d] q IHq]; [simpl; ring|].
  simpl. destruct (mono_compare m n) eqn:E.
  - apply mono_compare_eq in E. subst. rewrite cons_term_sound, IH, plus_IZR. ring.
  - simpl. rewrite IH. simpl. ring.
  - simpl in *. rewrite IHq. ring.
Qed.

Lemma pol_scale_sound : forall m c p v, pol_eval v (pol_scale m c p) = IZR c * mono_eval v m * pol_eval v p.
Proof.
  induction p as [|[n d] p IH]; intro v; simpl; [ring|].
  rewrite IH, mono_mul_sound, mult_IZR. ring.
Qed.

Lemma pol_mul_sound : forall p q v, pol_eval v (pol_mul p q) = pol_eval v p * pol_eval v q.
Proof.
  induction p as [|[m c] p IH]; intros q v; simpl; [ring|].
  rewrite pol_add_sound, pol_scale_sound, IH. ring.
Qed.

Lemma pol_pow_sound : forall p n v, pol_eval v (pol_pow p n) = pol_eval v p ^ n.
Proof.
  induction n as [|n IH]; intro v; simpl; [ring|]. rewrite pol_mul_sound, IH. ring.
Qed.

Lemma var_sound : forall i v, mono_eval v (repeat O i ++ [1%nat]) = nth i v 0.
Proof.
  induction i as [|i IH]; intros [|x v]; simpl; try rewrite IH; try (destruct i); simpl; ring.
Qed.

Lemma pol_of_sound : forall e v, pol_eval v (pol_of e) = eval v e.
Proof.
  induction e; intro v; cbn [pol_of eval].
  - rewrite cons_term_sound. simpl. ring.
  - cbn [pol_eval]. rewrite var_sound. ring.
  - rewrite pol_add_sound, IHe1, IHe2. ring.
  - rewrite pol_mul_sound, IHe1, IHe2. ring.
  - rewrite pol_pow_sound, IHe. ring.
Qed.

Lemma pol_equal_sound : forall p q v, pol_equal p q = true -> pol_eval v p = pol_eval v q.
Proof.
  intros p q v H. unfold pol_equal in H.
  assert (E : pol_eval v (pol_add p (pol_scale [] (-1) q)) = 0)
    by (destruct (pol_add p (pol_scale [] (-1) q)); [reflexivity | discriminate]).
  rewrite pol_add_sound, pol_scale_sound in E. simpl in E. lra.
Qed.

(* Facts: expressions that are >= 0, or > 0 where the flag says strict. *)
Definition signed (strict : bool) (x : R) : Prop := if strict then 0 < x else 0 <= x.
Definition facts := list (expr * bool).

Fixpoint hold (v : list R) (f : facts) : Prop :=
  match f with [] => True | (e, s) :: f => signed s (eval v e) /\ hold v f end.

Lemma signed_weak : forall s x, signed s x -> 0 <= x.
Proof. intros [] x H; simpl in H; lra. Qed.

(* Cones: what is >= 0 by its form. *)
Inductive cone :=
  | KNum (z : Z) | KFact (i : nat) | KSquare (e : expr) | KAdd (a b : cone) | KMul (a b : cone).

Definition fact (f : facts) (i : nat) : expr * bool := nth i f (Num 0, false).

Fixpoint cone_pol (f : facts) (k : cone) : pol :=
  match k with
  | KNum z => cons_term [] z []
  | KFact i => pol_of (fst (fact f i))
  | KSquare e => let p := pol_of e in pol_mul p p
  | KAdd a b => pol_add (cone_pol f a) (cone_pol f b)
  | KMul a b => pol_mul (cone_pol f a) (cone_pol f b)
  end.

Fixpoint cone_ok (k : cone) : bool :=
  match k with
  | KNum z => Z.leb 0 z
  | KFact _ | KSquare _ => true
  | KAdd a b | KMul a b => cone_ok a && cone_ok b
  end.

Fixpoint cone_strict (f : facts) (k : cone) : bool :=
  match k with
  | KNum z => Z.ltb 0 z
  | KFact i => snd (fact f i)
  | KSquare _ => false
  | KAdd a b => cone_strict f a || cone_strict f b
  | KMul a b => cone_strict f a && cone_strict f b
  end.

Lemma fact_sound : forall v f i, hold v f -> signed (snd (fact f i)) (eval v (fst (fact f i))).
Proof.
  induction f as [|[e s] f IH]; intros i H; destruct i; simpl in *; try lra; try tauto.
  apply IH. tauto.
Qed.

Lemma cone_sound : forall v f k, hold v f -> cone_ok k = true -> signed (cone_strict f k) (pol_eval v (cone_pol f k)).
Proof.
  intros v f k H. induction k; cbn [cone_ok cone_pol cone_strict]; intro K.
  - rewrite cons_term_sound. simpl. unfold signed. destruct (Z.ltb_spec 0 z) as [L|L].
    + apply IZR_lt in L. lra.
    + apply Z.leb_le in K. apply IZR_le in K. lra.
  - rewrite pol_of_sound. apply fact_sound, H.
  - rewrite pol_mul_sound. simpl. apply Rle_0_sqr.
  - apply andb_prop in K. destruct K as [K1 K2]. specialize (IHk1 K1). specialize (IHk2 K2). rewrite pol_add_sound.
    destruct (cone_strict f k1), (cone_strict f k2); simpl in *; lra.
  - apply andb_prop in K. destruct K as [K1 K2]. specialize (IHk1 K1). specialize (IHk2 K2). rewrite pol_mul_sound.
    destruct (cone_strict f k1), (cone_strict f k2); simpl in *;
      try (apply Rmult_lt_0_compat; lra); apply Rmult_le_pos; lra.
Qed.

Inductive tree :=
  | Leaf (s : positive) (k : cone)             (* s * goal = k *)
  | Absurd (s : positive) (k : cone)           (* -s = k: no values satisfy the facts *)
  | Split (e : expr) (l r : tree)              (* l: given 0 <= e; r: given 0 < -e *)
  | Cut (e : expr) (strict : bool) (l r : tree). (* l proves e, r may use it *)

Definition opposite (e : expr) : expr := Mul (Num (-1)) e.

Fixpoint check (f : facts) (goal : expr) (strict : bool) (t : tree) : bool :=
  match t with
  | Leaf s k => cone_ok k && implb strict (cone_strict f k)
      && pol_equal (pol_scale [] (Zpos s) (pol_of goal)) (cone_pol f k)
  | Absurd s k => cone_ok k && pol_equal [([], Zneg s)] (cone_pol f k)
  | Split e l r => check ((e, false) :: f) goal strict l && check ((opposite e, true) :: f) goal strict r
  | Cut e s l r => check f e s l && check ((e, s) :: f) goal strict r
  end.

Theorem check_sound : forall t f goal strict,
  check f goal strict t = true -> forall v, hold v f -> signed strict (eval v goal).
Proof.
  induction t as [s k|s k|e l IHl r IHr|e s l IHl r IHr]; intros f goal strict C v H; cbn [check] in C;
    repeat (apply andb_prop in C; destruct C as [C ?C]).
  - pose proof (cone_sound v f k H C) as S.
    apply (pol_equal_sound _ _ v) in C0. rewrite pol_scale_sound, pol_of_sound in C0. simpl in C0. rewrite <- C0 in S.
    assert (P : 0 < IZR (Zpos s)) by (apply IZR_lt; lia).
    assert (D : forall x, 0 < IZR (Zpos s) * 1 * x -> 0 < x)
      by (intros x X; apply Rmult_lt_reg_l with (IZR (Zpos s)); lra).
    assert (E : forall x, 0 <= IZR (Zpos s) * 1 * x -> 0 <= x)
      by (intros x X; apply Rmult_le_reg_l with (IZR (Zpos s)); lra).
    destruct strict; [destruct (cone_strict f k); [|discriminate] | apply signed_weak in S]; simpl in *; auto.
  - exfalso. pose proof (signed_weak _ _ (cone_sound v f k H C)) as S.
    apply (pol_equal_sound _ _ v) in C0. simpl in C0.
    assert (P : IZR (Zneg s) < 0) by (apply IZR_lt; lia). lra.
  - destruct (Rle_lt_dec 0 (eval v e)) as [P|P].
    + apply (IHl _ _ _ C). simpl. auto.
    + apply (IHr _ _ _ C0). simpl. split; [lra | assumption].
  - apply (IHr _ _ _ C0). simpl. split; [apply (IHl _ _ _ C), H | assumption].
Qed.

(* Interval arithmetic over the rationals. *)
Definition interval := (Q * Q)%type.
Definition within (i : interval) (x : R) : Prop := Q2R (fst i) <= x <= Q2R (snd i).

Definition iadd (i j : interval) : interval := (Qred (fst i + fst j), Qred (snd i + snd j))%Q.
Definition imul (i j : interval) : interval :=
  let ac := Qred (fst i * fst j)%Q in let ad := Qred (fst i * snd j)%Q in
  let bc := Qred (snd i * fst j)%Q in let bd := Qred (snd i * snd j)%Q in
  (Qmin (Qmin ac ad) (Qmin bc bd), Qmax (Qmax ac ad) (Qmax bc bd)).
Fixpoint ipow (i : interval) (n : nat) : interval :=
  match n with O => (1, 1)%Q | S n => imul i (ipow i n) end.
Definition ipow_even (i : interval) (n : nat) : interval :=
  let j := ipow i n in if Nat.even n then (Qmax 0 (fst j), snd j) else j.

Fixpoint ieval (b : list interval) (e : expr) : interval :=
  match e with
  | Num z => (inject_Z z, inject_Z z)
  | Var i => nth i b (0, 0)%Q
  | Add x y => iadd (ieval b x) (ieval b y)
  | Mul x y => imul (ieval b x) (ieval b y)
  | Pow x n => ipow_even (ieval b x) n
  end.

Fixpoint inbox (v : list R) (b : list interval) : Prop :=
  match v, b with
  | [], [] => True
  | x :: v, i :: b => within i x /\ inbox v b
  | _, _ => False
  end.

Lemma Q2R_red : forall q, Q2R (Qred q) = Q2R q.
Proof. intro. apply Qeq_eqR, Qred_correct. Qed.

Lemma Q2R_inject : forall z, Q2R (inject_Z z) = IZR z.
Proof. intro. unfold Q2R, inject_Z. simpl. field. Qed.

Lemma Qmin_le_R : forall p q, Q2R (Qmin p q) <= Q2R p /\ Q2R (Qmin p q) <= Q2R q.
Proof. intros. split; apply Qle_Rle; [apply Q.le_min_l | apply Q.le_min_r]. Qed.

Lemma Qmax_le_R : forall p q, Q2R p <= Q2R (Qmax p q) /\ Q2R q <= Q2R (Qmax p q).
Proof. intros. split; apply Qle_Rle; [apply Q.le_max_l | apply Q.le_max_r]. Qed.

Lemma product_within : forall a b c d x y l u,
  a <= x <= b -> c <= y <= d ->
  l <= a * c /\ l <= a * d /\ l <= b * c /\ l <= b * d ->
  a * c <= u /\ a * d <= u /\ b * c <= u /\ b * d <= u -> l <= x * y <= u.
Proof.
  intros a b c d x y l u X Y L U.
  assert (T : forall s, (a * s <= x * s <= b * s) \/ (b * s <= x * s <= a * s)).
  { intro s. destruct (Rle_lt_dec 0 s).
    - left. split; apply Rmult_le_compat_r; lra.
    - right. split; nra. }
  assert (V : forall s, (s * c <= s * y <= s * d) \/ (s * d <= s * y <= s * c)).
  { intro s. destruct (Rle_lt_dec 0 s).
    - left. split; apply Rmult_le_compat_l; lra.
    - right. split; nra. }
  destruct (T y), (V a), (V b); lra.
Qed.

Lemma iadd_sound : forall i j x y, within i x -> within j y -> within (iadd i j) (x + y).
Proof.
  intros [a b] [c d] x y. unfold within, iadd. cbn [fst snd]. rewrite !Q2R_red, !Q2R_plus. lra.
Qed.

Lemma imul_sound : forall i j x y, within i x -> within j y -> within (imul i j) (x * y).
Proof.
  intros [a b] [c d] x y X Y. unfold within, imul in *. cbn [fst snd] in *.
  apply (product_within _ _ _ _ _ _ _ _ X Y); rewrite <- !Q2R_mult, <- (Q2R_red (a * c)), <- (Q2R_red (a * d)),
    <- (Q2R_red (b * c)), <- (Q2R_red (b * d)).
  - generalize (Qred (a * c)) (Qred (a * d)) (Qred (b * c)) (Qred (b * d)). intros p q r s.
    pose proof (Qmin_le_R (Qmin p q) (Qmin r s)). pose proof (Qmin_le_R p q). pose proof (Qmin_le_R r s). lra.
  - generalize (Qred (a * c)) (Qred (a * d)) (Qred (b * c)) (Qred (b * d)). intros p q r s.
    pose proof (Qmax_le_R (Qmax p q) (Qmax r s)). pose proof (Qmax_le_R p q). pose proof (Qmax_le_R r s). lra.
Qed.

Lemma ipow_sound : forall i n x, within i x -> within (ipow i n) (x ^ n).
Proof.
  induction n as [|n IH]; intros x X; simpl.
  - unfold within. simpl. unfold Q2R. simpl. lra.
  - apply imul_sound; auto.
Qed.

Lemma even_pow : forall n x, Nat.even n = true -> 0 <= x ^ n.
Proof.
  intros n x E. apply Nat.even_spec in E. destruct E as [k E]. subst n.
  rewrite pow_Rsqr. apply pow_le, Rle_0_sqr.
Qed.

Lemma ipow_even_sound : forall i n x, within i x -> within (ipow_even i n) (x ^ n).
Proof.
  intros i n x X. apply (ipow_sound i n) in X. unfold ipow_even. destruct (Nat.even n) eqn:E; [|exact X].
  destruct X as [L U]. split; cbn [fst snd]; [|exact U].
  destruct (Q.max_dec 0 (fst (ipow i n))) as [M|M]; apply Qeq_eqR in M; rewrite M; [|exact L].
  replace (Q2R 0) with 0 by (unfold Q2R; simpl; field). apply even_pow, E.
Qed.

Lemma nth_within : forall v b i, inbox v b -> within (nth i b (0, 0)%Q) (nth i v 0).
Proof.
  assert (Z : within (0, 0)%Q 0) by (unfold within, Q2R; simpl; lra).
  induction v as [|x v IH]; destruct b as [|j b]; intros i H; simpl in H; try tauto; destruct i; simpl; auto; try tauto.
  apply IH. tauto.
Qed.

Lemma ieval_sound : forall v b e, inbox v b -> within (ieval b e) (eval v e).
Proof.
  intros v b e H. induction e; cbn [ieval eval].
  - unfold within. cbn [fst snd]. rewrite Q2R_inject. lra.
  - apply nth_within, H.
  - apply iadd_sound; assumption.
  - apply imul_sound; assumption.
  - apply ipow_even_sound; assumption.
Qed.

(* Bisections: variable and place. *)
Inductive boxes := Done | Bisect (i : nat) (q : Q) (l r : boxes).

Fixpoint replace_at (b : list interval) (i : nat) (f : interval -> interval) : list interval :=
  match b, i with
  | [], _ => []
  | j :: b, O => f j :: b
  | j :: b, S i => j :: replace_at b i f
  end.

Fixpoint check_boxes (b : list interval) (goal : expr) (strict : bool) (t : boxes) : bool :=
  match t with
  | Done => let l := fst (ieval b goal) in if strict then negb (Qle_bool l 0) else Qle_bool 0 l
  | Bisect i q l r =>
      check_boxes (replace_at b i (fun j => (fst j, q))) goal strict l
      && check_boxes (replace_at b i (fun j => (q, snd j))) goal strict r
  end.

Lemma replace_at_sound : forall f v b i,
  inbox v b -> (forall j, within j (nth i v 0) -> within (f j) (nth i v 0)) -> inbox v (replace_at b i f).
Proof.
  induction v as [|x v IH]; destruct b as [|j b]; intros i H F; simpl in H; try tauto.
  destruct i; simpl in *; split; try tauto; [apply F; tauto | apply IH; [tauto | exact F]].
Qed.

Theorem check_boxes_sound : forall t b goal strict,
  check_boxes b goal strict t = true -> forall v, inbox v b -> signed strict (eval v goal).
Proof.
  induction t as [|i q l IHl r IHr]; intros b goal strict C v H; cbn [check_boxes] in C.
  - pose proof (ieval_sound v b goal H) as [L _].
    assert (Z : Q2R 0 = 0) by (unfold Q2R; simpl; field).
    destruct strict; simpl.
    + apply Rlt_le_trans with (2 := L). rewrite <- Z. apply Qlt_Rlt.
      destruct (Qlt_le_dec 0 (fst (ieval b goal))) as [P|P]; [exact P|].
      apply Qle_bool_iff in P. rewrite P in C. discriminate.
    + apply Rle_trans with (2 := L). rewrite <- Z. apply Qle_Rle, Qle_bool_iff, C.
  - apply andb_prop in C. destruct C as [C1 C2].
    destruct (Rle_lt_dec (nth i v 0) (Q2R q)) as [P|P].
    + apply (IHl _ _ _ C1), replace_at_sound; [exact H|]. intros [a c]. unfold within. simpl. lra.
    + apply (IHr _ _ _ C2), replace_at_sound; [exact H|]. intros [a c]. unfold within. simpl. lra.
Qed.

(* What the theorem below needs to clear denominators. *)
Ltac positive := repeat first [assumption | apply Rmult_lt_0_compat | apply pow_lt | apply Rinv_0_lt_compat | lra].
Ltac nonzero := repeat split; first [apply Rgt_not_eq; lra | apply Rlt_not_eq; lra | apply Rgt_not_eq; positive].
