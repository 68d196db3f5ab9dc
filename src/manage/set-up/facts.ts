// What several of the deeds about set-up links say of one.
import type { SetUpLink } from '../../store/organization/set-up-links.ts'

export const linkTarget = ({ id, label }: Pick<SetUpLink, 'id' | 'label'>) => ({
  type: 'set_up_link',
  id,
  label,
})
